import { Injectable } from '@nestjs/common';
import { type RoomSnapshot, roomStream } from '@clawtank/contracts';
import { validateInput } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { requireMember, RoomSnapshots, viewRoom } from '@clawtank/rooms';
import type { MemberSession } from '../connection/member-session.js';
import type { Outcome } from '../connection/outcome.js';
import { positionProblem } from '../streams/position-problem.js';
import { viewerOf, whileAllowed } from '../streams/stream-access.js';
import { RoomJoinBody } from './inputs.js';

/** `room.join`: a snapshot, then everything that comes after it or after the client's own position. */
@Injectable()
export class JoinRoom {
  constructor(
    private readonly database: Database,
    private readonly snapshots: RoomSnapshots,
  ) {}

  async run(session: MemberSession, raw: unknown): Promise<Outcome> {
    const input = await validateInput(RoomJoinBody, raw);
    const { snapshot, continues } = await this.read(session, input.room_id);
    return {
      reply: { ok: true, type: 'room.joined', data: snapshot },
      afterwards: () => this.follow(session, input, snapshot, continues),
    };
  }

  private read(session: MemberSession, roomId: string) {
    return this.database.transaction(async (tx) => {
      const { room, standing } = requireMember(await viewRoom(tx, session.caller, roomId));
      const snapshot = await this.snapshots.read(tx, room);
      return { snapshot, continues: whileAllowed(viewerOf(session.caller, standing)) };
    }, 'REPEATABLE READ');
  }

  private async follow(
    session: MemberSession,
    input: RoomJoinBody,
    snapshot: RoomSnapshot,
    continues: ReturnType<typeof whileAllowed>,
  ): Promise<void> {
    const stream = roomStream(snapshot.room.id);
    const problem = positionProblem(snapshot, input);
    if (problem) return session.resync(stream, problem);
    await session.follow(stream, {
      cursor: input.after ?? snapshot.cursor,
      mayContinue: continues(snapshot.cursor),
      intents: input.intents ? new Set(input.intents) : null,
      ...(input.after === undefined ? {} : { replayTo: snapshot.cursor }),
    });
  }
}
