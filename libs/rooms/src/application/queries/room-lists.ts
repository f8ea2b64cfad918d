import type {
  ApprovalView,
  BanView,
  DecisionView,
  InviteView,
  MemberView,
  Page,
  QuestionView,
  RoomAgentView,
} from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import type { Room } from '../../domain/room.js';
import { mayEnter } from '../../domain/standing.js';
import { listInvites } from '../../persistence/invites.js';
import {
  listApprovals,
  listBans,
  listDecisions,
  listMembers,
  listQuestions,
  listRoomAgents,
} from '../../persistence/room-lists.js';
import { requireMember, viewRoom } from '../access.js';
import { RoomQuery } from '../inputs/query-inputs.js';

async function memberRoom({ tx, caller }: QueryContext, input: RoomQuery): Promise<Room> {
  return requireMember(await viewRoom(tx, caller, input.room_id)).room;
}

/** These lists are bounded by the room's own limits, so they have one page. */
const onePage = <T>(items: readonly T[]): Page<T> => ({ items, next_cursor: null });

@QueryHandler('members.list', RoomQuery)
export class ListMembers implements Query<'members.list'> {
  async run(context: QueryContext, input: RoomQuery): Promise<Page<MemberView>> {
    return onePage(await listMembers(context.tx, (await memberRoom(context, input)).id));
  }
}

@QueryHandler('room_agents.list', RoomQuery)
export class ListRoomAgents implements Query<'room_agents.list'> {
  async run(context: QueryContext, input: RoomQuery): Promise<Page<RoomAgentView>> {
    return onePage(await listRoomAgents(context.tx, (await memberRoom(context, input)).id));
  }
}

@QueryHandler('decisions.list', RoomQuery)
export class ListDecisions implements Query<'decisions.list'> {
  async run(context: QueryContext, input: RoomQuery): Promise<Page<DecisionView>> {
    return onePage(await listDecisions(context.tx, (await memberRoom(context, input)).id));
  }
}

@QueryHandler('questions.list', RoomQuery)
export class ListQuestions implements Query<'questions.list'> {
  async run(context: QueryContext, input: RoomQuery): Promise<Page<QuestionView>> {
    return onePage(await listQuestions(context.tx, (await memberRoom(context, input)).id, false));
  }
}

@QueryHandler('approvals.list', RoomQuery)
export class ListApprovals implements Query<'approvals.list'> {
  async run(context: QueryContext, input: RoomQuery): Promise<Page<ApprovalView>> {
    return onePage(await listApprovals(context.tx, (await memberRoom(context, input)).id, false));
  }
}

@QueryHandler('bans.list', RoomQuery)
export class ListBans implements Query<'bans.list'> {
  async run({ tx, caller }: QueryContext, input: RoomQuery): Promise<Page<BanView>> {
    const { room, standing } = await viewRoom(tx, caller, input.room_id);
    enforce(mayEnter(standing, 'host'));
    return onePage(await listBans(tx, room.id));
  }
}

@QueryHandler('invites.list', RoomQuery)
export class ListInvites implements Query<'invites.list'> {
  async run({ tx, caller }: QueryContext, input: RoomQuery): Promise<Page<InviteView>> {
    const { room, standing } = await viewRoom(tx, caller, input.room_id);
    enforce(mayEnter(standing, 'host'));
    return onePage(await listInvites(tx, room.id));
  }
}
