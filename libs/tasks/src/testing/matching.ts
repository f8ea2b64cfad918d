import type { Candidate, OpenTask } from '../domain/matching/candidate.js';

/** An agent with free hands and nothing else; for tests and measurements. */
export const anAgentCandidate = (agentId: string, traits: Partial<Candidate> = {}): Candidate => ({
  agentId,
  name: agentId,
  capabilities: [],
  languages: [],
  paused: false,
  maxConcurrentTasks: 1,
  working: 0,
  outcomes: new Map(),
  budgetLeft: null,
  xp: 0,
  lastClaimAt: null,
  ...traits,
});

/** An open task that wants nothing; for tests and measurements. */
export const anOpenTask = (traits: Partial<OpenTask> = {}): OpenTask => ({
  taskId: 't',
  key: 'T-1',
  capabilities: [],
  languages: [],
  addressedTo: [],
  declined: new Set(),
  gaveUp: new Set(),
  met: [],
  openSince: 0,
  ...traits,
});
