import type { Outcome, UnitOfWork } from '@clawtank/events';
import { giveBack, keepAll, type KeptReply, keyOfUse, reserveAll } from '../command-results.js';
import { attempt, type Done, keptFor, replyOf } from './attempt.js';
import { idUseOf, isSecret, type Prepared } from './prepared.js';

/** The answer of one command of a group. */
export type Answer = { readonly reply: KeptReply } | { readonly error: unknown };

/**
 * Runs commands of one room in one transaction, in order; no two of them may be twins.
 * @param withinMs no further command is begun after this time
 * @returns the answer to each, fewer than there are calls when the time was up
 * @throws when nothing was committed, or nobody knows whether it was
 */
export async function runTogether(
  work: UnitOfWork,
  calls: readonly Prepared[],
  withinMs: number,
): Promise<readonly Answer[]> {
  let reserved: ReadonlySet<string> = new Set();
  const isNew = (call: Prepared): boolean => {
    const use = idUseOf(call);
    return use !== null && reserved.has(keyOfUse(use));
  };
  const outcomes = await work.commitTogether<Done>({
    withinMs,
    open: async (tx) => {
      reserved = await reserveAll(
        tx,
        calls.flatMap((call) => idUseOf(call) ?? []),
      );
    },
    works: calls.map((call) => async (tx) => attempt(tx, call, isNew(call) ? null : await keptFor(tx, call))),
    seal: async (tx, done) => {
      const answers = calls
        .map((call, index) => ({ call, outcome: done[index] }))
        .filter(({ call }) => isNew(call));
      await giveBack(
        tx,
        answers.flatMap(({ call, outcome }) => (succeeded(outcome) ? [] : (idUseOf(call) ?? []))),
      );
      await keepAll(
        tx,
        answers.flatMap(({ call, outcome }) => toKeep(call, outcome)),
      );
    },
  });
  return outcomes.map((outcome, index) => answerOf(calls[index], outcome));
}

const succeeded = (outcome: Outcome<Done> | undefined): boolean =>
  outcome !== undefined && !('error' in outcome);

function toKeep(call: Prepared, outcome: Outcome<Done> | undefined) {
  const use = idUseOf(call);
  if (!use || !outcome || 'error' in outcome) return [];
  const reply = replyOf(call, outcome.result, outcome.appended);
  return [{ ...use, reply, secret: isSecret(call, reply) }];
}

function answerOf(call: Prepared | undefined, outcome: Outcome<Done>): Answer {
  if ('error' in outcome || !call) return outcome as Answer;
  return { reply: replyOf(call, outcome.result, outcome.appended) };
}
