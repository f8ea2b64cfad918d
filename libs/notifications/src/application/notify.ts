import { Injectable } from '@nestjs/common';
import { userStream } from '@clawtank/contracts';
import { EventConsumer, type LogTx, type StoredEvent, SYSTEM_ACTOR } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { connectedAgents, findRoom } from '@clawtank/rooms';
import { type Notice, noticesOf } from '../domain/notices.js';
import { insertNotification } from '../persistence/notifications.js';

/** Tells people what needs them, in their own stream, once per person and cause. */
@Injectable()
export class NotifyPeople extends EventConsumer {
  readonly consumer = 'notifications';
  readonly streams = 'room';

  override async handle(tx: LogTx, event: StoredEvent): Promise<void> {
    const room = event.room_id === undefined ? undefined : await findRoom(tx, event.room_id);
    if (!room) return;
    const agents = await connectedAgents(tx, room.id);
    for (const notice of noticesOf(event, { roomName: room.name, hostId: room.hostId, agents })) {
      await this.tell(tx, notice, event.id, room.id);
    }
  }

  private async tell(tx: LogTx, notice: Notice, cause: string, roomId: string): Promise<void> {
    const id = newId();
    if (!(await insertNotification(tx, { ...notice, id, cause, roomId }))) return;
    const data = {
      notification_id: id,
      kind: notice.kind,
      text: notice.text,
      room_id: roomId,
      task_id: notice.taskId,
    };
    tx.appendTo(
      userStream(notice.userId),
      { type: 'system.notification', actor: SYSTEM_ACTOR, data },
      roomId,
    );
  }
}
