import { findAgents } from '@clawtank/auth';
import { type Actor, type Principal, userStream } from '@clawtank/contracts';
import { EventConsumer, isEvent, type LogTx, type StoredEvent, SYSTEM_ACTOR } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { findRoom } from '@clawtank/rooms';
import { Injectable } from '@nestjs/common';
import {
  type Notice,
  NOTICE_RULES,
  noticesOf,
  type NoticeType,
  type RoomPeople,
  settledBy,
  SETTLING_RULES,
  type SettlingType,
} from '../domain/notices.js';
import { insertNotification, settleNotifications } from '../persistence/notifications.js';
import { findTaskPeople, rememberCreator, rememberHolder } from '../persistence/task-people.js';

/** Tells people what needs them, in their own stream, once per person and cause. */
@Injectable()
export class NotifyPeople extends EventConsumer {
  readonly consumer = 'notifications';
  readonly streams = 'room';

  override async handle(tx: LogTx, event: StoredEvent): Promise<void> {
    if (event.room_id === undefined) return;
    if (isEvent(event, 'task.created')) {
      await rememberCreator(tx, event.room_id, event.data.task_id, await personBehind(tx, event.actor));
    } else if (isEvent(event, 'task.update')) {
      const { task_id, assignee } = event.data;
      await rememberHolder(tx, task_id, assignee && (await personBehind(tx, assignee)));
      if (event.data.change === 'unclaimed') await this.notify(tx, event, event.room_id);
    } else {
      await this.notify(tx, event, event.room_id);
      await settle(tx, event, event.room_id);
    }
  }

  private async notify(tx: LogTx, event: StoredEvent, roomId: string): Promise<void> {
    const type = NOTICE_TYPES.find((candidate) => candidate === event.type);
    if (!type || !isEvent(event, type)) return;
    // Most leases are nobody's business; they come with every push.
    if (isEvent(event, 'task.lease') && event.data.trespass.length === 0) return;
    const people = await peopleOf(tx, roomId, event);
    if (!people) return;
    for (const notice of noticesOf(type, event.data, event, people)) await tell(tx, notice, roomId);
  }
}

const SETTLING_TYPES = Object.keys(SETTLING_RULES) as SettlingType[];

async function settle(tx: LogTx, event: StoredEvent, roomId: string): Promise<void> {
  const type = SETTLING_TYPES.find((candidate) => candidate === event.type);
  if (!type || !isEvent(event, type)) return;
  const subject = settledBy(type, event.data);
  if (subject !== null) await settleNotifications(tx, roomId, subject, event.at);
}

const NOTICE_TYPES = Object.keys(NOTICE_RULES) as NoticeType[];

async function peopleOf(tx: LogTx, roomId: string, event: StoredEvent): Promise<RoomPeople | null> {
  const room = await findRoom(tx, roomId);
  if (!room) return null;
  const named = agentsNamedBy(event);
  const agents = named.length > 0 ? await findAgents(tx, named) : [];
  return {
    roomName: room.name,
    hostId: room.hostId,
    tasks: await findTaskPeople(tx, tasksNamedBy(event)),
    owners: new Map(agents.map((agent) => [agent.id, agent.owner_id])),
  };
}

function agentsNamedBy(event: StoredEvent): readonly string[] {
  if (isEvent(event, 'agent.question')) return [event.data.agent_id];
  if (isEvent(event, 'approval.requested')) return event.data.agent_id === null ? [] : [event.data.agent_id];
  return event.type === 'git.push_refused' && event.actor.kind === 'agent' ? [event.actor.id] : [];
}

function tasksNamedBy(event: StoredEvent): readonly string[] {
  if (isEvent(event, 'task.lease')) return event.data.trespass.map(({ task_id }) => task_id);
  if (isEvent(event, 'git.conflict')) return event.data.task_ids;
  if (isEvent(event, 'git.pull_request') && event.data.task_id) return [event.data.task_id];
  return [];
}

async function personBehind(tx: LogTx, who: Actor | Principal): Promise<string | null> {
  if (who.kind === 'human') return who.id;
  const [agent] = who.kind === 'agent' ? await findAgents(tx, [who.id]) : [];
  return agent?.owner_id ?? null;
}

async function tell(tx: LogTx, notice: Notice, roomId: string): Promise<void> {
  const id = newId();
  if (!(await insertNotification(tx, { ...notice, id, roomId }))) return;
  const { kind, text, taskId: task_id, userId } = notice;
  const data = { notification_id: id, kind, text, room_id: roomId, task_id };
  tx.appendTo(userStream(userId), { type: 'system.notification', actor: SYSTEM_ACTOR, data }, roomId);
}
