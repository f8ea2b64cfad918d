import { Injectable } from '@nestjs/common';
import { IsInt, IsOptional, IsString, Length, MaxLength, Min } from 'class-validator';
import { roomStream, type SpectatorSnapshot } from '@clawtank/contracts';
import { type Caller, QueryBus, validateInput } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { isLoopback } from '@clawtank/http';
import { Limits } from '@clawtank/limits';
import { viewRoom } from '@clawtank/rooms';
import { fail } from '../connection/failures.js';
import type { Outcome } from '../connection/outcome.js';
import { InFlight } from '../streams/in-flight.js';
import { positionProblem } from '../streams/position-problem.js';
import { type Continues, viewerOf, whileAllowed } from '../streams/stream-access.js';
import type { SpectateSession } from './spectate-session.js';
import { SpectatorCounts } from './spectator-counts.js';

const NAME_CHARS = 120;

/** Who watches, and from where. */
export interface Visitor {
  /** Null for anybody. */
  readonly caller: Caller | null;
  readonly address: string;
}

export class SpectateJoinBody {
  /** Id or slug. */
  @IsString()
  @Length(1, NAME_CHARS)
  room!: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  after?: number;

  @IsOptional()
  @IsString()
  @MaxLength(NAME_CHARS)
  epoch?: string;
}

interface Look {
  readonly viewer: { readonly invited: boolean; readonly continues: Continues };
  readonly snapshot: SpectatorSnapshot;
}

/** `spectate.join`: a room as strangers see it, then what they may see of what happens in it. */
@Injectable()
export class JoinAsSpectator {
  private readonly strangers = new InFlight<Look>();

  constructor(
    private readonly queries: QueryBus,
    private readonly database: Database,
    private readonly counts: SpectatorCounts,
    private readonly limits: Limits,
  ) {}

  async run(session: SpectateSession, visitor: Visitor, raw: unknown, requestId: string): Promise<Outcome> {
    await this.count(visitor);
    const input = await validateInput(SpectateJoinBody, raw);
    const { viewer, snapshot } = await this.look(visitor.caller, input.room, requestId);
    const stream = roomStream(snapshot.room.id);
    // Joining again takes no second place.
    session.unfollow(stream);
    const leave = this.counts.enter(snapshot.room.id, visitor.address);
    return {
      reply: { ok: true, type: 'spectate.joined', data: snapshot },
      afterwards: async () => {
        const problem = positionProblem(snapshot, input);
        if (problem) {
          leave();
          return session.resync(stream, problem);
        }
        await session.follow(stream, {
          cursor: input.after ?? snapshot.cursor,
          access: viewer.continues(snapshot.cursor),
          onEnd: leave,
          ...(input.after === undefined ? {} : { replayTo: snapshot.cursor }),
        });
      },
    };
  }

  /** All who are nobody in particular see the same; when thousands come back at once, they look together. */
  private look(caller: Caller | null, room: string, requestId: string): Promise<Look> {
    const look = async (): Promise<Look> => {
      const viewer = await this.viewer(caller, room);
      return { viewer, snapshot: await this.read(viewer.invited ? caller : null, room, requestId) };
    };
    return caller ? look() : this.strangers.share(room, look);
  }

  /** @throws limits.too_many */
  private async count({ caller, address }: Visitor): Promise<void> {
    if (caller) await this.limits.command(caller.id, 'spectate.join');
    else if (!isLoopback(address)) await this.limits.read(address);
  }

  /** Members watch as anybody may; only an invited spectator sees more rooms than that. */
  private async viewer(caller: Caller | null, room: string): Promise<Look['viewer']> {
    const { standing } = await this.database.transaction((tx) => viewRoom(tx, caller, room));
    const invited = standing === 'spectator';
    return { invited, continues: whileAllowed(viewerOf(caller, invited ? 'spectator' : 'stranger')) };
  }

  private async read(caller: Caller | null, room: string, requestId: string): Promise<SpectatorSnapshot> {
    const snapshot = await this.queries.run('rooms.get', { room_id: room }, { caller, requestId });
    // Who became a member this instant would get the members' form, which has no place here.
    if (!isSpectatorForm(snapshot)) throw fail('socket.busy', {}, { retryAfterMs: 0 });
    return snapshot;
  }
}

const isSpectatorForm = (snapshot: unknown): snapshot is SpectatorSnapshot =>
  typeof snapshot === 'object' && snapshot !== null && !('approvals' in snapshot);
