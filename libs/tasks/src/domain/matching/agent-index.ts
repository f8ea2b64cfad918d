import { Best } from './best.js';
import { type Candidate, isFree, type OpenTask } from './candidate.js';
import { baseOf, lowered, type Parts, rateIn, total } from './score.js';

export interface Ranked {
  readonly agent: Candidate;
  readonly score: number;
}

/** Positions of the agents that declare a word. */
type Postings = ReadonlyMap<string, readonly number[]>;

/**
 * The agents that could take work now, by what they declare. Finding the best few for a task looks only at the
 * agents that share a word with it; for a task that wants nothing, at the head of one sorted list.
 */
export class AgentIndex {
  private readonly agents: readonly Candidate[];
  private readonly base: Float64Array;
  private readonly capabilities: Postings;
  private readonly languages: Postings;
  /** Rates of completion by word, made when a task first wants it. */
  private readonly rates = new Map<string, Float64Array>();
  /** By what a task that wants nothing would score, the best first. */
  private readonly sorted: readonly number[];
  private readonly capabilityHits: Uint8Array;
  private readonly languageHits: Uint8Array;

  constructor(agents: readonly Candidate[]) {
    this.agents = agents.filter(isFree);
    this.base = Float64Array.from(this.agents, baseOf);
    this.capabilities = postings(this.agents, (agent) => agent.capabilities);
    this.languages = postings(this.agents, (agent) => agent.languages);
    const scores = this.agents.map((agent, place) =>
      total(ANY_TASK, agent, this.plain(place), this.baseAt(place)),
    );
    this.sorted = [...this.agents.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    this.capabilityHits = new Uint8Array(this.agents.length);
    this.languageHits = new Uint8Array(this.agents.length);
  }

  /** The best agents for a task among those that fit it and have not turned it down, the best first. */
  bestFor(task: OpenTask, count: number): readonly Ranked[] {
    const best = new Best(count);
    const capabilities = lowered(task.capabilities);
    const languages = lowered(task.languages);
    if (capabilities.length + languages.length === 0) this.collectAny(task, best);
    else this.collectSharing(task, capabilities, languages, best);
    return best.places.flatMap((place, rank) => {
      const agent = this.agents[place];
      return agent ? [{ agent, score: best.scores[rank] ?? 0 }] : [];
    });
  }

  /** Nothing makes a score higher than the sorted one, so the search ends when that is too low. */
  private collectAny(task: OpenTask, best: Best): void {
    for (const place of this.sorted) {
      const agent = this.agents[place];
      if (!agent) continue;
      const parts = this.plain(place);
      if (total(ANY_TASK, agent, parts, this.baseAt(place)) < best.lowest) break;
      this.consider(task, agent, place, parts, best);
    }
  }

  private collectSharing(
    task: OpenTask,
    capabilities: readonly string[],
    languages: readonly string[],
    best: Best,
  ): void {
    const byCapability = count(this.capabilities, capabilities, this.capabilityHits);
    const byLanguage = count(this.languages, languages, this.languageHits);
    const rates = [...capabilities, ...languages].map((word) => this.ratesIn(word));
    for (const place of capabilities.length > 0 ? byCapability : byLanguage) {
      const agent = this.agents[place];
      const parts = {
        capabilities: capabilities.length === 0 ? 1 : (this.capabilityHits[place] ?? 0) / capabilities.length,
        languages: languages.length === 0 ? 1 : (this.languageHits[place] ?? 0) / languages.length,
        outcomes: meanAt(rates, place),
      };
      if (agent && parts.languages > 0) this.consider(task, agent, place, parts, best);
    }
    for (const place of byCapability) this.capabilityHits[place] = 0;
    for (const place of byLanguage) this.languageHits[place] = 0;
  }

  private consider(task: OpenTask, agent: Candidate, place: number, parts: Parts, best: Best): void {
    if (!task.declined.has(agent.agentId)) best.offer(place, total(task, agent, parts, this.baseAt(place)));
  }

  private plain(place: number): Parts {
    return { capabilities: 1, languages: 1, outcomes: this.ratesIn('')[place] ?? 0 };
  }

  private baseAt(place: number): number {
    return this.base[place] ?? 0;
  }

  private ratesIn(word: string): Float64Array {
    const known = this.rates.get(word);
    if (known) return known;
    const rates = Float64Array.from(this.agents, (agent) => rateIn(agent, word));
    this.rates.set(word, rates);
    return rates;
  }
}

const NOBODY: ReadonlySet<string> = new Set();
const ANY_TASK: OpenTask = {
  taskId: '',
  key: '',
  capabilities: [],
  languages: [],
  addressedTo: [],
  declined: NOBODY,
  gaveUp: NOBODY,
  met: [],
  openSince: 0,
};

function postings(agents: readonly Candidate[], words: (agent: Candidate) => readonly string[]): Postings {
  const lists = new Map<string, number[]>();
  for (const [place, agent] of agents.entries())
    for (const word of lowered(words(agent))) {
      const list = lists.get(word);
      if (list) list.push(place);
      else lists.set(word, [place]);
    }
  return lists;
}

/** Counts for each agent how many of the words it declares. @returns the agents that declare one at least */
function count(lists: Postings, words: readonly string[], hits: Uint8Array): number[] {
  const touched: number[] = [];
  for (const word of words)
    for (const place of lists.get(word) ?? []) {
      const before = hits[place] ?? 0;
      if (before === 0) touched.push(place);
      hits[place] = before + 1;
    }
  return touched;
}

function meanAt(rates: readonly Float64Array[], place: number): number {
  let sum = 0;
  for (const rate of rates) sum += rate[place] ?? 0;
  return sum / rates.length;
}
