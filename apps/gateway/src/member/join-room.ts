import { Injectable } from '@nestjs/common';
import { type RoomSnapshot, roomStream } from '@clawtank/contracts';
import { validateInput } from '@clawtank/commands';
import { requireMember } from '@clawtank/rooms';
import type { MemberSession } from '../connection/member-session.js';
import type { Outcome } from '../connection/outcome.js';
import { Access } from '../streams/access-policy.js';
import { Intents } from '../streams/intents.js';
import { positionProblem } from '../streams/position-problem.js';
import { RoomSights } from '../streams/room-sights.js';
import { viewerOf } from '../streams/stream-access.js';
import { RoomJoinBody } from './inputs.js';

/** `room.join`: a snapshot, then everything that comes after it or after the client's own position. */
@Injectable()
export class JoinRoom {
  constructor(private readonly sights: RoomSights) {}

  async run(session: MemberSession, raw: unknown): Promise<Outcome> {
    const input = await validateInput(RoomJoinBody, raw);
    const { snapshot, access } = await this.read(session, input.room_id);
    return {
      reply: { ok: true, type: 'room.joined', data: snapshot },
      afterwards: () => this.follow(session, input, snapshot, access),
    };
  }

  /**
   * Access is checked again when the room has moved on since: it must not have been lost before the snapshot's end,
   * and what comes after it takes it away by itself.
   */
  private async read({ caller }: MemberSession, room: string) {
    const first = await this.sights.see(caller, room);
    const snapshot = await this.sights.snapshot(requireMember(first.sight).room.id, first);
    const seen = snapshot.cursor <= first.head ? first : await this.sights.see(caller, room);
    const { standing } = requireMember(seen.sight);
    return { snapshot, access: new Access(viewerOf(caller, standing), seen.head) };
  }

  private async follow(
    session: MemberSession,
    input: RoomJoinBody,
    snapshot: RoomSnapshot,
    access: Access,
  ): Promise<void> {
    const stream = roomStream(snapshot.room.id);
    const problem = positionProblem(snapshot, input);
    if (problem) return session.resync(stream, problem);
    await session.follow(stream, {
      cursor: input.after ?? snapshot.cursor,
      access,
      intents: input.intents && new Intents(input.intents),
      ...(input.after === undefined ? {} : { replayTo: snapshot.cursor }),
    });
  }
}
