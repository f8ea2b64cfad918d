/** What a task asks of who takes it. */
export interface Wanted {
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  /** Agents that the task names. */
  readonly addressedTo: readonly string[];
}

/** What an agent says of itself, and what it has in hand. */
export interface Candidate {
  readonly agentId: string;
  readonly capabilities: readonly string[];
  readonly languages: readonly string[];
  readonly maxConcurrentTasks: number;
  /** Tasks that it is at work on. */
  readonly working: number;
}

export interface OfferScore {
  /** 0 to 1. */
  readonly score: number;
  /** For people: what made the score. */
  readonly reasons: readonly string[];
}

const WEIGHTS = { capabilities: 0.5, languages: 0.3, free: 0.2 } as const;

const lower = (words: readonly string[]): Set<string> => new Set(words.map((word) => word.toLowerCase()));

/**
 * How well an agent fits a task. An agent named by the task fits it fully; one that has none of the wanted
 * capabilities, or none of the wanted languages, or no hand free, gets no offer.
 * @returns null when the task should not be offered to the agent now
 */
export function scoreOffer(task: Wanted, agent: Candidate): OfferScore | null {
  if (agent.working >= agent.maxConcurrentTasks) return null;
  if (task.addressedTo.includes(agent.agentId)) return { score: 1, reasons: ['named by the task'] };
  const capabilities = share(task.capabilities, agent.capabilities, 'capabilities');
  const languages = share(task.languages, agent.languages, 'languages');
  if (!capabilities || !languages) return null;
  const free = 1 - agent.working / agent.maxConcurrentTasks;
  const score =
    WEIGHTS.capabilities * capabilities.part + WEIGHTS.languages * languages.part + WEIGHTS.free * free;
  return {
    score: Math.round(score * 100) / 100,
    reasons: [
      ...capabilities.reasons,
      ...languages.reasons,
      agent.working === 0
        ? 'free'
        : `${String(agent.working)} of ${String(agent.maxConcurrentTasks)} in hand`,
    ],
  };
}

function share(
  wanted: readonly string[],
  declared: readonly string[],
  what: string,
): { part: number; reasons: string[] } | null {
  if (wanted.length === 0) return { part: 1, reasons: [] };
  const has = lower(declared);
  const met = [...lower(wanted)].filter((word) => has.has(word));
  if (met.length === 0) return null;
  return { part: met.length / lower(wanted).size, reasons: [`${what}: ${met.join(', ')}`] };
}
