import type { RoomState } from '@clawtank/contracts';
import { fail } from './failures.js';

/** What may move a room. `agents_changed` and the conflict triggers are observations: they may move nothing. */
export const ROOM_TRIGGERS = [
  'setup_started',
  'repository_ready',
  'agents_changed',
  'conflict_detected',
  'conflict_resolved',
  'completed',
  'deadline',
] as const;
export type RoomTrigger = (typeof ROOM_TRIGGERS)[number];

export interface RoomFacts {
  readonly state: RoomState;
  /** Agents that have joined and not left. */
  readonly agents: number;
  /** Detected conflicts that are not resolved. */
  readonly openConflicts: number;
}

export interface RoomMove {
  readonly from: RoomState;
  readonly to: RoomState;
  readonly reason: string;
}

/** The edges of the wire contract. No other move exists. */
export const ROOM_EDGES: Readonly<Record<RoomState, readonly RoomState[]>> = {
  creating: ['initializing'],
  initializing: ['waiting_for_members'],
  waiting_for_members: ['active'],
  active: ['collaborating', 'paused', 'completed'],
  collaborating: ['active', 'merge_conflict', 'completed'],
  merge_conflict: ['collaborating', 'paused'],
  paused: ['active', 'archived'],
  completed: ['archived'],
  archived: [],
};

export const isRoomEdge = (from: RoomState, to: RoomState): boolean => ROOM_EDGES[from].includes(to);

interface Rule {
  readonly from: RoomState;
  readonly to: RoomState;
  /** Only this trigger; left out: whenever the facts say so. */
  readonly on?: RoomTrigger;
  readonly when?: (facts: RoomFacts) => boolean;
  readonly reason: string;
}

const none = ({ agents }: RoomFacts): boolean => agents === 0;
const some = ({ agents }: RoomFacts): boolean => agents > 0;
const several = ({ agents }: RoomFacts): boolean => agents > 1;
const lone = ({ agents }: RoomFacts): boolean => agents < 2;
const inConflict = (facts: RoomFacts): boolean => several(facts) && facts.openConflicts > 0;
const resolved = ({ openConflicts }: RoomFacts): boolean => openConflicts === 0;

/** The first rule that fits gives the next move; rules without `on` then go on until none fits. */
const RULES: readonly Rule[] = [
  { from: 'creating', to: 'initializing', on: 'setup_started', reason: 'setup_started' },
  { from: 'initializing', to: 'waiting_for_members', on: 'repository_ready', reason: 'repository_ready' },
  { from: 'active', to: 'completed', on: 'completed', reason: 'completed' },
  { from: 'collaborating', to: 'completed', on: 'completed', reason: 'completed' },
  { from: 'paused', to: 'archived', on: 'deadline', reason: 'paused_too_long' },
  { from: 'completed', to: 'archived', on: 'deadline', reason: 'completed_long_ago' },
  { from: 'waiting_for_members', to: 'active', when: some, reason: 'agent_joined' },
  { from: 'paused', to: 'active', when: some, reason: 'agent_joined' },
  { from: 'active', to: 'collaborating', when: several, reason: 'agents_joined' },
  { from: 'active', to: 'paused', when: none, reason: 'agents_gone' },
  { from: 'collaborating', to: 'active', when: lone, reason: 'agent_left' },
  { from: 'collaborating', to: 'merge_conflict', when: inConflict, reason: 'conflict_detected' },
  { from: 'merge_conflict', to: 'paused', when: none, reason: 'agents_gone' },
  { from: 'merge_conflict', to: 'collaborating', when: resolved, reason: 'conflict_resolved' },
];

/**
 * Every move that a trigger makes, in order; several where the contract says so.
 * @throws room.illegal_transition when a room is to be completed from a state that has no such edge
 */
export function nextStates(facts: RoomFacts, trigger: RoomTrigger): readonly RoomMove[] {
  const moves: RoomMove[] = [];
  let state = facts.state;
  let on: RoomTrigger | undefined = trigger;
  for (;;) {
    const rule = findRule({ ...facts, state }, on);
    if (!rule) break;
    moves.push({ from: rule.from, to: rule.to, reason: rule.reason });
    state = rule.to;
    on = undefined;
  }
  if (trigger === 'completed' && moves[0]?.to !== 'completed') {
    throw fail('room.illegal_transition', { from: facts.state, to: 'completed' });
  }
  return moves;
}

function findRule(facts: RoomFacts, trigger: RoomTrigger | undefined): Rule | undefined {
  const fits = (rule: Rule): boolean =>
    rule.from === facts.state &&
    (rule.on === undefined || rule.on === trigger) &&
    (rule.when?.(facts) ?? true);
  return RULES.find(fits);
}
