import type { Actor, EventMap, Principal } from '@clawtank/contracts';
import { EventConsumer, isEvent, type LogTx, type StoredEvent } from '@clawtank/events';
import { Injectable } from '@nestjs/common';
import { completionAwards, conflictAward, mergeAward, reviewAward } from '../domain/awards.js';
import { contributorsBefore, type Source } from '../persistence/ledger.js';
import { backed, findWorkedTask, followTask, rememberTask } from '../persistence/worked-tasks.js';
import { giveXp } from './give-xp.js';

/** Turns what happens in rooms into XP. Reading a room again from its beginning gives nothing twice. */
@Injectable()
export class ReputationConsumer extends EventConsumer {
  readonly consumer = 'reputation';
  readonly streams = 'room';

  override async handle(tx: LogTx, event: StoredEvent): Promise<void> {
    if (event.room_id === undefined) return;
    const source: Source = { roomId: event.room_id, seq: event.seq, at: event.at };
    if (isEvent(event, 'task.created')) {
      await rememberTask(tx, source.roomId, event.data.task_id, event.data.size);
    } else if (isEvent(event, 'task.update')) {
      const { task_id, edited, assignee } = event.data;
      await followTask(tx, task_id, { size: edited?.size ?? null, worker: assignee });
    } else if (isEvent(event, 'git.pull_request')) {
      await rewardPullRequest(tx, event.data, event.actor, source);
    } else if (isEvent(event, 'git.conflict')) {
      await rewardConflict(tx, event.data, source);
    } else if (isEvent(event, 'room.state_changed') && event.data.to === 'completed') {
      await rewardCompletion(tx, source);
    }
  }
}

async function rewardPullRequest(
  tx: LogTx,
  data: EventMap['git.pull_request'],
  actor: Actor,
  source: Source,
): Promise<void> {
  const pull = { roomId: source.roomId, number: data.number };
  if (data.action === 'merged') {
    const award = mergeAward(pull, await findWorkedTask(tx, data.task_id));
    if (award) await giveXp(tx, award, source);
  }
  if (data.action === 'reviewed' && data.verdict === 'approve' && isPrincipal(actor)) {
    const award = reviewAward(pull, await backed(tx, actor), await findWorkedTask(tx, data.task_id));
    if (award) await giveXp(tx, award, source);
  }
}

async function rewardConflict(tx: LogTx, data: EventMap['git.conflict'], source: Source): Promise<void> {
  if (data.state !== 'resolved' || !data.resolved_by) return;
  const award = conflictAward(data.conflict_id, data.resolved_by, data.task_ids[0] ?? null);
  await giveXp(tx, award, source);
}

async function rewardCompletion(tx: LogTx, source: Source): Promise<void> {
  const contributors = await contributorsBefore(tx, source.roomId, source.seq);
  for (const award of completionAwards(source.roomId, contributors)) await giveXp(tx, award, source);
}

const isPrincipal = (actor: Actor): actor is Actor & Principal =>
  actor.kind === 'human' || actor.kind === 'agent';
