import type { Appended, LogTx, Outcome, UnitOfWork } from '@clawtank/events';
import type { Foresight } from '../foresight.js';
import {
  findAllKept,
  type Kept,
  keepAll,
  type KeptReply,
  keyOfUse,
  replyFrom,
  type ResultRow,
} from '../command-results.js';
import { attempt, type Done, replyOf } from './attempt.js';
import { idUseOf, isSecret, type Prepared } from './prepared.js';

/** The answer of one command of a group. */
export type Answer =
  | { readonly reply: KeptReply; readonly appended: readonly Appended[] }
  | { readonly error: unknown };

/** Commands of one room, in the order in which they came; no two of them are twins. */
export interface Together {
  readonly roomId: string;
  readonly calls: readonly Prepared[];
  /** No further command is begun after this time. */
  readonly withinMs: number;
  readonly foresights: readonly Foresight[];
}

type KeptResults = ReadonlyMap<string, ResultRow>;

/**
 * Runs commands of one room in one transaction: one round trip to lock and to read what all of them want to know, one
 * to write and to commit, and between them what single commands ask beyond that.
 * @returns the answer to each, fewer than there are calls when the time was up
 * @throws when nothing was committed, or nobody knows whether it was
 */
export async function runTogether(work: UnitOfWork, together: Together): Promise<readonly Answer[]> {
  const { calls, withinMs } = together;
  let results: KeptResults = new Map();
  const outcomes = await work.commitTogether<Done>({
    withinMs,
    open: async (tx) => {
      results = await open(tx, together);
    },
    // Looked at when it is its turn: what was used with another body is refused as its own error.
    works: calls.map((call) => async (tx) => attempt(tx, call, keptIn(results, call))),
    seal: (tx, done) =>
      keepAll(
        tx,
        calls.flatMap((call, index) => toKeep(call, done[index])),
      ),
  });
  return outcomes.map((outcome, index) => answerOf(calls[index], outcome));
}

/** Sent together and answered together; each statement sees what was committed before the lock was given. */
async function open(tx: LogTx, { roomId, calls, foresights }: Together): Promise<KeptResults> {
  const locked = tx.lockRoom(roomId);
  const awaited = calls.map(({ caller, entry }) => ({ caller, name: entry.meta.name }));
  const results = findAllKept(
    tx,
    calls.flatMap((call) => idUseOf(call) ?? []),
  );
  const foreseen = foresights.map((foresight) => foresight.read(tx, roomId, awaited));
  const [kept] = await Promise.all([results, locked, ...foreseen]);
  return kept;
}

function keptIn(results: KeptResults, call: Prepared): KeptReply | null {
  const use = idUseOf(call);
  return use && replyFrom(results.get(keyOfUse(use)), use.hash);
}

function toKeep(call: Prepared, outcome: Outcome<Done> | undefined): Kept[] {
  const use = idUseOf(call);
  if (!use || !outcome || 'error' in outcome || !('reply' in outcome.result)) return [];
  const reply = replyOf(call, outcome.result, outcome.appended);
  return [{ ...use, reply, secret: isSecret(call, reply) }];
}

function answerOf(call: Prepared | undefined, outcome: Outcome<Done>): Answer {
  if ('error' in outcome || !call) return outcome as Answer;
  const { result, appended } = outcome;
  if ('refused' in result) return { error: result.refused };
  return { reply: replyOf(call, result, appended), appended };
}
