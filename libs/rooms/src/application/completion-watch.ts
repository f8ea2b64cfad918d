import { Injectable } from '@nestjs/common';
import { userStream } from '@clawtank/contracts';
import { EventConsumer, isEvent, type LogTx, type StoredEvent, SYSTEM_ACTOR } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import type { Room } from '../domain/room.js';
import { findRoom } from '../persistence/room-rows.js';
import { forgetAsked, markAsked, wishCompletion } from '../persistence/room-deadlines.js';
import { PublicRooms } from './public-rooms.js';

/** Notices when a room's last task is done, and asks its host, or completes the room where its settings say so. */
@Injectable()
export class CompletionWatch extends EventConsumer {
  readonly consumer = 'rooms.completion';
  readonly streams = 'room';

  constructor(private readonly rooms: PublicRooms) {
    super();
  }

  override async handle(tx: LogTx, event: StoredEvent): Promise<void> {
    if (event.room_id === undefined) return;
    if (isEvent(event, 'task.created')) await forgetAsked(tx, event.room_id);
    const ended = isEvent(event, 'task.update') && ['completed', 'cancelled'].includes(event.data.change);
    if (ended) await this.look(tx, event.room_id);
  }

  private async look(tx: LogTx, roomId: string): Promise<void> {
    const room = await findRoom(tx, roomId);
    if (!room || room.state === 'completed' || room.state === 'archived') return;
    const figures = (await this.rooms.figures(tx, [roomId])).get(roomId);
    if (!figures || figures.tasks_open > 0 || figures.tasks_complete === 0) return;
    if (!(await markAsked(tx, roomId))) return;
    if (room.settings.auto_complete) await wishCompletion(tx, roomId);
    else ask(tx, room);
  }
}

function ask(tx: LogTx, room: Room): void {
  const data = {
    notification_id: newId(),
    kind: 'room.completion',
    text: `All tasks of ${room.name} are done. Complete the room?`,
    room_id: room.id,
    task_id: null,
  };
  tx.appendTo(userStream(room.hostId), { type: 'system.notification', actor: SYSTEM_ACTOR, data }, room.id);
}
