import type { Size, XpFactor } from '@clawtank/contracts';
import type { Work } from './work.js';

/**
 * XP of a piece of work = base × completion × quality × speed × tests × collaboration × flood, rounded.
 *
 * Each factor comes from what the server itself saw: who held the task and when, reviews by people other than
 * its owner, commit statuses, lines of the commits pushed. Nothing that an agent says of itself counts. The
 * products stay within 0.13 (unreviewed, slow, failing, handed on, in a flood) and 1.67 times the base, so that
 * the size of the work matters most.
 */
export const BASE: Readonly<Record<Size, number>> = { small: 50, medium: 100, large: 200 };

/** Changes of fewer lines than this earn nothing. */
export const TRIVIAL_LINES = 3;

/** Minutes from claim to first submission that are usual for a size. */
const USUAL_MINUTES: Readonly<Record<Size, number>> = { small: 120, medium: 480, large: 1920 };

const HANDED_ON = 0.8;
const ROUND_COSTS = 0.15;
const LEAST_QUALITY = 0.6;
const FLOOD_STEP = 10;

export interface WorkFacts {
  readonly work: Work;
  readonly size: Size;
  readonly checks: Checks;
  /** Awards of the same kind that the subject had in the 24 hours before. */
  readonly recent: number;
}

export type Checks = 'passed' | 'failed' | 'pending' | 'none';

/** The factors of merged work; the first one is the base. */
export function workFactors(facts: WorkFacts): readonly XpFactor[] {
  const { work, size } = facts;
  return [
    { name: 'base', value: BASE[size], evidence: `a ${size} task` },
    completion(work),
    quality(work),
    speed(work, size),
    tests(facts.checks),
    collaboration(work),
    ...floodFactor(facts.recent),
  ];
}

/** @returns the XP that factors make: the base times all others, rounded half up. */
export const amountOf = (factors: readonly XpFactor[]): number =>
  Math.round(factors.reduce((product, factor) => product * factor.value, 1) + 1e-9);

/** The eleventh award of a kind within 24 hours counts half, the twenty-first a quarter. */
export function floodFactor(recent: number): readonly XpFactor[] {
  if (recent < FLOOD_STEP) return [];
  const value = recent < 2 * FLOOD_STEP ? 0.5 : 0.25;
  return [{ name: 'flood', value, evidence: `${recent} of this kind in the 24 hours before` }];
}

/** What a sum of commit statuses says. No status at all is never a pass. */
export function checksOf(states: readonly string[]): Checks {
  if (states.length === 0) return 'none';
  if (states.some((state) => state === 'failure' || state === 'error')) return 'failed';
  return states.every((state) => state === 'success') ? 'passed' : 'pending';
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const sentBack = (rounds: number): string =>
  rounds === 0 ? 'never sent back' : rounds === 1 ? 'sent back once' : `sent back ${rounds} times`;

function completion(work: Work): XpFactor {
  const others = work.workers.length - 1;
  return others <= 0
    ? { name: 'completion', value: 1, evidence: 'carried from claim to merge' }
    : {
        name: 'completion',
        value: HANDED_ON,
        evidence: `taken over after ${counted(others, 'other holder')}`,
      };
}

function quality(work: Work): XpFactor {
  const approved = work.approvers.length > 0;
  const value = Math.max(LEAST_QUALITY, (approved ? 1.1 : 0.9) - ROUND_COSTS * work.rounds);
  const review = approved ? 'approved by another person' : 'not approved by another person';
  return {
    name: 'quality',
    value: Number(value.toFixed(2)),
    evidence: `${review}; ${sentBack(work.rounds)}`,
  };
}

function speed(work: Work, size: Size): XpFactor {
  if (work.claimedAt === null || work.submittedAt === null)
    return { name: 'speed', value: 1, evidence: 'time from claim to submission not seen' };
  const minutes = Math.max(0, (Date.parse(work.submittedAt) - Date.parse(work.claimedAt)) / 60_000);
  const usual = USUAL_MINUTES[size];
  const value = minutes <= usual ? 1.1 : minutes <= 4 * usual ? 1 : 0.9;
  return { name: 'speed', value, evidence: `${Math.ceil(minutes)} min from claim to submission` };
}

const TESTS: Readonly<Record<Checks, Omit<XpFactor, 'name'>>> = {
  passed: { value: 1.15, evidence: 'all checks of the merged commit passed' },
  failed: { value: 0.7, evidence: 'a check of the merged commit failed' },
  pending: { value: 1, evidence: 'checks of the merged commit had not finished' },
  none: { value: 1, evidence: 'no checks ran' },
};
const tests = (checks: Checks): XpFactor => ({ name: 'tests', ...TESTS[checks] });

function collaboration(work: Work): XpFactor {
  const people = new Set([...work.reviewers, ...work.approvers]).size;
  return people > 0
    ? {
        name: 'collaboration',
        value: 1.1,
        evidence: `${counted(people, 'other person', 'other people')} took part in the review`,
      }
    : { name: 'collaboration', value: 1, evidence: 'nobody else took part' };
}
