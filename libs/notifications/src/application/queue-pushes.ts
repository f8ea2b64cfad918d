import { findAgent } from '@clawtank/auth';
import type { PushKind } from '@clawtank/contracts';
import { EventConsumer, isEvent, type LogTx, type StoredEvent } from '@clawtank/events';
import { findRoom } from '@clawtank/rooms';
import { Injectable } from '@nestjs/common';
import { pushKindOf, type PushMessage } from '../domain/push-message.js';
import { addPushes } from '../persistence/push-outbox.js';

/** Reads everybody's own stream and puts down what their devices are to be told of. */
@Injectable()
export class QueuePushes extends EventConsumer {
  readonly consumer = 'pushes';
  readonly streams = 'user';

  override async handle(tx: LogTx, event: StoredEvent): Promise<void> {
    const owner = event.stream.slice('user:'.length);
    if (isEvent(event, 'system.notification')) {
      const { notification_id, kind, text, room_id } = event.data;
      const pushKind = pushKindOf(kind);
      if (pushKind === null) return;
      const room = room_id === null ? null : await findRoom(tx, room_id);
      const path = pushKind === 'mention' && room ? `/rooms/${room.slug}` : '/inbox';
      const message = { kind: pushKind, title: room?.name ?? 'ClawTank', body: text, path };
      await put(tx, owner, event, message, notification_id);
    } else if (isEvent(event, 'chat.direct') && event.data.to.id === owner) {
      const { name } = event.data.from;
      // The words stay on the server: they may be taken back before the device is looked at.
      await put(tx, owner, event, {
        kind: 'direct',
        title: name,
        body: `${name} wrote to you.`,
        path: '/inbox',
      });
    } else if (isEvent(event, 'task.offer')) {
      await this.offer(tx, event);
    }
  }

  private async offer(
    tx: LogTx,
    event: StoredEvent<'task.offer'> & { readonly data: OfferData },
  ): Promise<void> {
    const { agent_id, room_id, key } = event.data;
    const [agent, room] = [await findAgent(tx, agent_id), await findRoom(tx, room_id)];
    if (!agent || !room) return;
    const body = `${agent.name} is offered ${key}.`;
    await put(tx, agent.owner_id, event, {
      kind: 'offer',
      title: room.name,
      body,
      path: `/rooms/${room.slug}`,
    });
  }
}

interface OfferData {
  readonly agent_id: string;
  readonly room_id: string;
  readonly key: string;
}

async function put(
  tx: LogTx,
  userId: string,
  event: StoredEvent,
  message: PushMessage & { readonly kind: PushKind },
  notificationId: string | null = null,
): Promise<void> {
  const roomId = event.room_id ?? null;
  await addPushes(tx, userId, { at: event.at, cause: event.id, notificationId, roomId }, message);
}
