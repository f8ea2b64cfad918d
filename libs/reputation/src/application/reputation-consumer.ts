import type { Actor, EventMap, Principal } from '@clawtank/contracts';
import { EventConsumer, isEvent, type LogTx, type StoredEvent } from '@clawtank/events';
import { Injectable } from '@nestjs/common';
import { areStrangers, completionAwards, conflictAward, mergeAward, reviewAward } from '../domain/awards.js';
import { checksOf } from '../domain/factors.js';
import { revertedBy } from '../domain/reverts.js';
import { afterReview, afterTaskNews, NO_WORK } from '../domain/work.js';
import { checkStates, rememberCheck, rememberCommit, revertsOfTask } from '../persistence/code-evidence.js';
import { contributorsBefore, recentAwards, type Source } from '../persistence/ledger.js';
import {
  backed,
  findWork,
  findWorkedTask,
  followTask,
  rememberTask,
  saveWork,
} from '../persistence/worked-tasks.js';
import { giveXp } from './give-xp.js';
import { keepShowcase } from './showcase.js';
import { takeBack } from './take-back.js';

/** Turns what happens in rooms into XP. Reading a room again from its beginning gives nothing twice. */
@Injectable()
export class ReputationConsumer extends EventConsumer {
  readonly consumer = 'reputation';
  readonly streams = 'room';

  override async handle(tx: LogTx, event: StoredEvent): Promise<void> {
    if (event.room_id === undefined) return;
    const source: Source = { roomId: event.room_id, seq: event.seq, at: event.at };
    if (isEvent(event, 'task.created')) await followNewTask(tx, event.data, source);
    else if (isEvent(event, 'task.update')) await followWork(tx, event.data, source);
    else if (isEvent(event, 'git.commit')) await followCommit(tx, event.data, source);
    else if (isEvent(event, 'git.checks')) await rememberCheck(tx, source.roomId, event.data);
    else if (isEvent(event, 'git.pull_request')) await followPull(tx, event.data, event.actor, source);
    else if (isEvent(event, 'git.conflict')) await rewardConflict(tx, event.data, source);
    else if (isEvent(event, 'room.state_changed') && event.data.to === 'completed') {
      await rewardCompletion(tx, source);
      await keepShowcase(tx, event, source.roomId);
    }
  }
}

async function followNewTask(tx: LogTx, data: EventMap['task.created'], source: Source): Promise<void> {
  const { task_id, size, capabilities, languages } = data;
  const work = { ...NO_WORK, capabilities, languages };
  await rememberTask(tx, source.roomId, { id: task_id, size, work });
}

async function followWork(tx: LogTx, data: EventMap['task.update'], source: Source): Promise<void> {
  const { task_id, change, edited, assignee } = data;
  const news = { change, assignee, at: source.at, ...(edited && { edited }) };
  const work = afterTaskNews(await findWork(tx, task_id), news);
  await followTask(tx, task_id, { size: edited?.size ?? null, worker: assignee, work });
}

async function followCommit(tx: LogTx, data: EventMap['git.commit'], source: Source): Promise<void> {
  const reverts = revertedBy(data.message);
  const lines = data.additions + data.deletions;
  await rememberCommit(tx, source.roomId, { sha: data.sha, taskId: data.task_id, lines, reverts });
  // A commit of no task is on main already; one made for a task counts when that task is merged.
  if (data.task_id === null) await takeBack(tx, reverts, source);
}

async function followPull(
  tx: LogTx,
  data: EventMap['git.pull_request'],
  actor: Actor,
  source: Source,
): Promise<void> {
  if (data.action === 'merged') await rewardMerge(tx, data, source);
  if (data.action === 'reviewed' && data.verdict && isPrincipal(actor))
    await rewardReview(tx, { ...data, verdict: data.verdict }, actor, source);
}

async function rewardMerge(tx: LogTx, data: EventMap['git.pull_request'], source: Source): Promise<void> {
  const task = await findWorkedTask(tx, data.task_id);
  if (!task) return;
  await saveWork(tx, task.id, {
    ...task.work,
    merged: { number: data.number, sha: data.merged_sha ?? null },
  });
  const checks = checksOf(await checkStates(tx, source.roomId, data.head_sha));
  const worker = task.worker?.principal.id;
  const recent = worker === undefined ? 0 : await recentAwards(tx, worker, 'merge', source.at);
  const award = mergeAward({ roomId: source.roomId, number: data.number }, task, { checks, recent });
  if (award) await giveXp(tx, award, source);
  await takeBack(tx, await revertsOfTask(tx, task.id), source);
}

async function rewardReview(
  tx: LogTx,
  data: EventMap['git.pull_request'] & { verdict: 'approve' | 'request_changes' },
  actor: Principal,
  source: Source,
): Promise<void> {
  const task = await findWorkedTask(tx, data.task_id);
  const reviewer = await backed(tx, actor);
  if (!task?.worker || !areStrangers(reviewer, task.worker)) return;
  await saveWork(tx, task.id, afterReview(task.work, reviewer.personId ?? '', data.verdict));
  if (data.verdict !== 'approve') return;
  const recent = await recentAwards(tx, actor.id, 'review', source.at);
  const award = reviewAward({ roomId: source.roomId, number: data.number }, reviewer, task, recent);
  if (award) await giveXp(tx, award, source);
}

async function rewardConflict(tx: LogTx, data: EventMap['git.conflict'], source: Source): Promise<void> {
  if (data.state !== 'resolved' || !data.resolved_by) return;
  const recent = await recentAwards(tx, data.resolved_by.id, 'conflict', source.at);
  await giveXp(
    tx,
    conflictAward(data.conflict_id, data.resolved_by, data.task_ids[0] ?? null, recent),
    source,
  );
}

async function rewardCompletion(tx: LogTx, source: Source): Promise<void> {
  const contributors = await contributorsBefore(tx, source.roomId, source.seq);
  for (const award of completionAwards(source.roomId, contributors)) await giveXp(tx, award, source);
}

const isPrincipal = (actor: Actor): actor is Actor & Principal =>
  actor.kind === 'human' || actor.kind === 'agent';
