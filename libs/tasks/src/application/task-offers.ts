import { Injectable } from '@nestjs/common';
import type { EventType, TaskChange } from '@clawtank/contracts';
import { EventConsumer, isEvent, type LogTx, type StoredEvent } from '@clawtank/events';
import { lockRoomById } from '@clawtank/rooms';
import { offerOpenTasks } from './offer-tasks.js';

/** What can make a task free, an agent free for it, or a room take work. */
const OCCASIONS: ReadonlySet<EventType> = new Set<EventType>([
  'task.created',
  'task.update',
  'agent.joined',
  'agent.paused',
  'room.budget',
  'room.settings_changed',
  'room.state_changed',
]);

/** They free nobody. */
const QUIET: ReadonlySet<TaskChange> = new Set<TaskChange>(['progressed', 'unclaimed']);

/** Offers open tasks to agents whenever one of the two may have become free. */
@Injectable()
export class TaskOffers extends EventConsumer {
  readonly consumer = 'task-offers';
  readonly streams = 'room';

  async handle(tx: LogTx, event: StoredEvent): Promise<void> {
    if (!OCCASIONS.has(event.type) || event.room_id === undefined) return;
    if (isEvent(event, 'task.update') && QUIET.has(event.data.change)) return;
    const room = await lockRoomById(tx, event.room_id);
    if (room) await offerOpenTasks(tx, room);
  }
}
