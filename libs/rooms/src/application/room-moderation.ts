import { Injectable } from '@nestjs/common';
import type { Actor } from '@clawtank/contracts';
import { Bus, type LogTx } from '@clawtank/events';
import { fail } from '../domain/failures.js';
import type { Room } from '../domain/room.js';
import { deleteRoom } from '../persistence/deleted-rooms.js';
import { roomsOfAgent, setLocked, setUnlocked } from '../persistence/room-locks.js';
import { lockRoomById } from './access.js';
import { AgentDepartures } from './agent-departures.js';
import { SystemLine } from './ports.js';
import { noticeAfterCommit } from './session-notices.js';

/** What an administrator may do to rooms they are no member of, inside the caller's transaction. */
@Injectable()
export class RoomModeration {
  constructor(
    private readonly bus: Bus,
    private readonly line: SystemLine,
    private readonly departures: AgentDepartures,
  ) {}

  /** Freezes a room: members read on, nobody changes anything, strangers see it no more. @throws room.not_found */
  async lock(tx: LogTx, roomId: string, reason: string | null): Promise<Room> {
    const room = await this.take(tx, roomId);
    await setLocked(tx, roomId, reason);
    const because = reason === null ? '' : ` ${reason}`;
    if (!room.lockedAt) await this.line.say(tx, roomId, `An administrator locked this room.${because}`);
    noticeAfterCommit(tx, this.bus, { room_id: roomId, ended: 'private' });
    return room;
  }

  /** @throws room.not_found */
  async unlock(tx: LogTx, roomId: string): Promise<Room> {
    const room = await this.take(tx, roomId);
    await setUnlocked(tx, roomId);
    if (room.lockedAt) await this.line.say(tx, roomId, 'An administrator unlocked this room.');
    return room;
  }

  /** Removes a room with its log; its repository follows. @throws room.not_found */
  async remove(tx: LogTx, roomId: string, by: string): Promise<Room> {
    const room = await this.take(tx, roomId);
    await deleteRoom(tx, room, by);
    noticeAfterCommit(tx, this.bus, { room_id: roomId, ended: 'deleted' });
    return room;
  }

  /** Takes an agent out of every room it is in and ends its connections. Its tokens stay. */
  async disconnect(tx: LogTx, agentId: string, actor: Actor): Promise<void> {
    for (const roomId of await roomsOfAgent(tx, agentId)) {
      const room = await lockRoomById(tx, roomId);
      if (room) await this.departures.leave(tx, room, [{ agentId, reason: 'disconnected' }], actor);
    }
    this.endSessions(tx, agentId);
  }

  /** Ends the connections of an agent, or of a person and all their agents, once the transaction has committed. */
  endSessions(tx: LogTx, principalId: string): void {
    noticeAfterCommit(tx, this.bus, { principal_id: principalId, code: 'REVOKED' });
  }

  private async take(tx: LogTx, roomId: string): Promise<Room> {
    const room = await lockRoomById(tx, roomId);
    if (!room) throw fail('room.not_found', {});
    return room;
  }
}
