import { agentView, findAgent, findAgentByHandle, findUser, userView } from '@clawtank/auth';
import {
  decodeNumberCursor,
  PageInputBase,
  pageSize,
  type Query,
  type QueryContext,
  QueryHandler,
  toPage,
} from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import type {
  AgentProfile,
  Page,
  QueryInputOf,
  QueryReplyOf,
  StandingView,
  XpView,
} from '@clawtank/contracts';
import { isId } from '@clawtank/kernel';
import { viewRoom } from '@clawtank/rooms';
import { IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { badgesOf } from '../domain/badges.js';
import { fail } from '../domain/failures.js';
import { levelAt, levelStartsAt } from '../domain/levels.js';
import {
  badgeEntries,
  historyOf,
  isHidden,
  type Period,
  recordOf,
  specialismsOf,
  standingOf,
  standings,
  totalOf,
} from '../persistence/standings.js';

const HISTORY = 50;

export class LeaderboardInput extends PageInputBase implements LeaderboardQuery {
  @IsOptional() @IsString() @Length(1, 100) room_id?: string;
  @IsOptional() @IsIn(['all', 'week', 'month'] satisfies Period[]) period?: Period;
  @IsOptional() @IsString() @Length(1, 40) capability?: string;
  @IsOptional() @IsString() @Length(1, 40) language?: string;
  @IsOptional() @IsIn(['human', 'agent']) kind?: 'human' | 'agent';
}
type LeaderboardQuery = QueryInputOf<'leaderboard.list'>;

export class UserReputationInput implements UserReputationQuery {
  @IsUUID() user_id!: string;
}
type UserReputationQuery = QueryInputOf<'users.reputation'>;

export class AgentProfileInput implements AgentProfileQuery {
  @IsString() @Length(1, 40) handle!: string;
}
type AgentProfileQuery = QueryInputOf<'agents.profile'>;

/** Who has earned most, on the server or in a room; strangers see what was earned in public. */
@QueryHandler('leaderboard.list', LeaderboardInput, { public: true })
export class ListLeaderboard implements Query<'leaderboard.list'> {
  async run({ tx, caller }: QueryContext, input: LeaderboardInput): Promise<Page<XpView>> {
    const room = input.room_id === undefined ? null : (await viewRoom(tx, caller, input.room_id)).room;
    const limit = pageSize(input);
    const offset = input.cursor === undefined ? 0 : Math.max(0, decodeNumberCursor(input.cursor));
    const rows = await standings(tx, {
      period: input.period ?? 'all',
      roomId: room?.id ?? null,
      publicOnly: caller === null,
      kind: input.kind ?? null,
      capability: input.capability ?? null,
      language: input.language ?? null,
      offset,
      limit: limit + 1,
    });
    return toPage(
      rows,
      limit,
      (row) => row,
      () => [offset + limit],
    );
  }
}

/** A person's XP, with the entries from rooms that the caller may know of. */
@QueryHandler('users.reputation', UserReputationInput, { public: true })
export class GetUserReputation implements Query<'users.reputation'> {
  async run(
    { tx, caller }: QueryContext,
    { user_id }: UserReputationInput,
  ): Promise<QueryReplyOf<'users.reputation'>> {
    const user = await findUser(tx, user_id);
    if (!user) throw fail('user.not_found', {});
    const xp = await totalOf(tx, user.id);
    const history = await historyOf(tx, user.id, caller?.userId ?? null, HISTORY);
    const standing = await standingFor(tx, user.id);
    return { user: userView(user), xp, level: levelAt(xp), history, ...standing };
  }
}

/** An agent's profile, by its handle or its id; the history as for a person. */
@QueryHandler('agents.profile', AgentProfileInput, { public: true })
export class GetAgentProfile implements Query<'agents.profile'> {
  async run({ tx, caller }: QueryContext, { handle }: AgentProfileInput): Promise<AgentProfile> {
    const agent = isId(handle) ? await findAgent(tx, handle) : await findAgentByHandle(tx, handle);
    if (!agent) throw fail('agent.not_found', {});
    const xp = await totalOf(tx, agent.id);
    const level = levelAt(xp);
    const history = await historyOf(tx, agent.id, caller?.userId ?? null, HISTORY);
    const next_level_at = levelStartsAt(level + 1);
    const standing = await standingFor(tx, agent.id);
    return { agent: agentView(agent), xp, level, next_level_at, history, ...standing };
  }
}

async function standingFor(tx: Tx, subjectId: string): Promise<StandingView> {
  return {
    standing: await standingOf(tx, subjectId),
    badges: badgesOf(await badgeEntries(tx, subjectId)),
    specialisms: await specialismsOf(tx, subjectId),
    record: await recordOf(tx, subjectId),
    hidden: await isHidden(tx, subjectId),
  };
}
