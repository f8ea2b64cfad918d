import type { Candidate, OpenTask, Outcome } from './candidate.js';

/** What each part of a score is worth; they add up to 1. */
export const WEIGHTS = {
  capabilities: 0.35,
  languages: 0.2,
  outcomes: 0.25,
  load: 0.15,
  budget: 0.05,
} as const;

/** What a score is multiplied by for each thing that speaks against the pair. */
export const PENALTIES = { misfit: 0.4, gaveUp: 0.5, met: 0.7 } as const;

/** Without any history an agent counts as one that completes every other task. */
const UNKNOWN: Outcome = { completed: 0, failed: 0 };

export const rateOf = ({ completed, failed }: Outcome): number => (completed + 1) / (completed + failed + 2);

export const lowered = (words: readonly string[]): readonly string[] => [
  ...new Set(words.map((word) => word.toLowerCase())),
];

/** What a score is made of, before it is put in words. */
export interface Parts {
  /** Of the wanted ones, the share that the agent declares; 1 when none are wanted. */
  readonly capabilities: number;
  readonly languages: number;
  /** Mean rate of completion in what the task wants. */
  readonly outcomes: number;
}

/** The part of a score that is the same for every task. */
export const baseOf = (agent: Candidate): number =>
  WEIGHTS.load * (1 - agent.working / agent.maxConcurrentTasks) + WEIGHTS.budget * (agent.budgetLeft ?? 1);

/** How well an agent does in one word; in all its work where the word is empty or it has no history in it. */
export const rateIn = (agent: Candidate, word: string): number =>
  rateOf(agent.outcomes.get(word) ?? (word === '' ? UNKNOWN : (agent.outcomes.get('') ?? UNKNOWN)));

export const fits = ({ capabilities, languages }: Parts): boolean => capabilities > 0 && languages > 0;

/** The score of a pair, 0 to 1. */
export function total(task: OpenTask, agent: Candidate, parts: Parts, base: number): number {
  if (task.addressedTo.length > 0 && task.addressedTo.includes(agent.agentId)) return 1;
  const { capabilities, languages, outcomes } = WEIGHTS;
  let score =
    base + capabilities * parts.capabilities + languages * parts.languages + outcomes * parts.outcomes;
  if (!fits(parts)) score *= PENALTIES.misfit;
  if (task.gaveUp.has(agent.agentId)) score *= PENALTIES.gaveUp;
  if (task.met.length > 0) score *= PENALTIES.met;
  return score;
}

export const rounded = (score: number): number => Math.round(score * 100) / 100;

/** The parts of one pair, straight from what both say. */
export function partsOf(task: OpenTask, agent: Candidate): Parts {
  const capabilities = lowered(task.capabilities);
  const languages = lowered(task.languages);
  const wanted = [...capabilities, ...languages];
  const rates = (wanted.length > 0 ? wanted : ['']).map((word) => rateIn(agent, word));
  return {
    capabilities: shareOf(capabilities, lowered(agent.capabilities)),
    languages: shareOf(languages, lowered(agent.languages)),
    outcomes: rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
  };
}

const shareOf = (wanted: readonly string[], declared: readonly string[]): number =>
  wanted.length === 0 ? 1 : wanted.filter((word) => declared.includes(word)).length / wanted.length;

export interface Match {
  /** 0 to 1, in hundredths. */
  readonly score: number;
  /** For people: what made the score. */
  readonly reasons: readonly string[];
  /** False when the agent has none of the wanted capabilities, or none of the wanted languages. */
  readonly fits: boolean;
}

/** How well an agent fits a task, in words. */
export function matchOf(task: OpenTask, agent: Candidate): Match {
  const parts = partsOf(task, agent);
  const score = rounded(total(task, agent, parts, baseOf(agent)));
  const named = task.addressedTo.includes(agent.agentId);
  return {
    score,
    reasons: named ? ['named by the task'] : reasonsOf(task, agent),
    fits: named || fits(parts),
  };
}

function reasonsOf(task: OpenTask, agent: Candidate): string[] {
  return [
    ...wordReasons('capabilities', task.capabilities, agent.capabilities),
    ...wordReasons('languages', task.languages, agent.languages),
    ...outcomeReasons(task, agent),
    agent.working === 0 ? 'free' : `${String(agent.working)} of ${String(agent.maxConcurrentTasks)} in hand`,
    ...(agent.budgetLeft === null
      ? []
      : [`${String(Math.round(agent.budgetLeft * 100))} % of the budget left`]),
    ...(task.gaveUp.has(agent.agentId) ? ['had it before and did not finish'] : []),
    ...task.met.map(({ pattern, taskKey }) => `meets ${pattern} of ${taskKey}`),
  ];
}

function wordReasons(what: string, wanted: readonly string[], declared: readonly string[]): string[] {
  const has = lowered(declared);
  const met = lowered(wanted).filter((word) => has.includes(word));
  const missing = lowered(wanted).filter((word) => !has.includes(word));
  return [
    ...(met.length > 0 ? [`${what}: ${met.join(', ')}`] : []),
    ...(missing.length > 0 ? [`lacks: ${missing.join(', ')}`] : []),
  ];
}

function outcomeReasons(task: OpenTask, agent: Candidate): string[] {
  const wanted = lowered([...task.capabilities, ...task.languages]);
  const known = wanted.filter((word) => agent.outcomes.has(word));
  const overall = known.length === 0 && agent.outcomes.has('') ? [''] : known;
  return overall.map((word) => {
    const { completed, failed } = agent.outcomes.get(word) ?? UNKNOWN;
    const tasks = `completed ${String(completed)} of ${String(completed + failed)}`;
    return word === '' ? tasks : `${tasks} in ${word}`;
  });
}
