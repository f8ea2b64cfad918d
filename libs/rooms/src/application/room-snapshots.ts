import { Injectable } from '@nestjs/common';
import { type RoomSnapshot, roomStream } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { readPosition } from '@clawtank/events';
import type { Room } from '../domain/room.js';
import {
  listApprovals,
  listDecisions,
  listMembers,
  listQuestions,
  listRoomAgents,
} from '../persistence/room-lists.js';
import { DiscoveredParts } from './discovered-parts.js';
import type { SnapshotLists } from './ports.js';
import { roomView } from './room-view.js';

const NOTHING: Required<SnapshotLists> = {
  tasks: [],
  suggestions: [],
  messages: [],
  leases: [],
  branches: [],
  pull_requests: [],
  conflicts: [],
  xp: [],
};

/** Puts a room's snapshot together from what every lib knows of it. */
@Injectable()
export class RoomSnapshots {
  constructor(private readonly parts: DiscoveredParts) {}

  /**
   * Everything of a room for a member, with its cursor. `tx` must see one moment: a REPEATABLE READ
   * transaction, or one that holds the room's lock.
   */
  async read(tx: Tx, room: Room): Promise<RoomSnapshot> {
    const { head, epoch } = await readPosition(tx, roomStream(room.id));
    return {
      ...NOTHING,
      ...(await this.readParts(tx, room)),
      room: await roomView(tx, room),
      members: await listMembers(tx, room.id),
      agents: await listRoomAgents(tx, room.id),
      approvals: await listApprovals(tx, room.id, true),
      questions: await listQuestions(tx, room.id, true),
      decisions: await listDecisions(tx, room.id),
      cursor: head,
      epoch,
    };
  }

  /** Only what the other libs know. */
  async readParts(tx: Tx, room: Room): Promise<Required<SnapshotLists>> {
    let lists = NOTHING;
    // One after the other: they share one connection.
    for (const part of this.parts.snapshot) lists = { ...lists, ...(await part.read(tx, room)) };
    return lists;
  }
}
