import { ROOM_STATES, type RoomState } from '@clawtank/contracts';
import { Failure } from '@clawtank/kernel';
import fc from 'fast-check';
import { isRoomEdge, nextStates, ROOM_TRIGGERS, type RoomTrigger } from './room-states.js';

/** The contract's text, edge by edge: "A → B" as it stands there. */
const CONTRACT_EDGES: readonly (readonly [RoomState, RoomState])[] = [
  ['creating', 'initializing'],
  ['initializing', 'waiting_for_members'],
  ['waiting_for_members', 'active'],
  ['active', 'collaborating'],
  ['collaborating', 'active'],
  ['active', 'paused'],
  ['paused', 'active'],
  ['paused', 'archived'],
  ['collaborating', 'merge_conflict'],
  ['merge_conflict', 'collaborating'],
  ['merge_conflict', 'paused'],
  ['active', 'completed'],
  ['collaborating', 'completed'],
  ['completed', 'archived'],
];
const isContractEdge = (from: RoomState, to: RoomState): boolean =>
  CONTRACT_EDGES.some(([a, b]) => a === from && b === to);

const ALL_PAIRS = ROOM_STATES.flatMap((from) => ROOM_STATES.map((to) => [from, to] as const));

it.each(ALL_PAIRS)('knows whether %s may become %s', (from, to) => {
  expect(isRoomEdge(from, to)).toBe(isContractEdge(from, to));
});

const path = (state: RoomState, trigger: RoomTrigger, agents: number, openConflicts: number): string =>
  [state, ...nextStates({ state, agents, openConflicts }, trigger).map((move) => move.to)].join(' ');

describe('moves that the contract names', () => {
  it.each<[string, RoomState, RoomTrigger, number, number, string]>([
    ['set-up begins', 'creating', 'setup_started', 0, 0, 'creating initializing'],
    ['the repository is there', 'initializing', 'repository_ready', 0, 0, 'initializing waiting_for_members'],
    [
      'and an agent waits',
      'initializing',
      'repository_ready',
      1,
      0,
      'initializing waiting_for_members active',
    ],
    ['one agent connected', 'waiting_for_members', 'agents_changed', 1, 0, 'waiting_for_members active'],
    [
      'two connected',
      'waiting_for_members',
      'agents_changed',
      2,
      0,
      'waiting_for_members active collaborating',
    ],
    ['a second agent', 'active', 'agents_changed', 2, 0, 'active collaborating'],
    ['all agents gone', 'active', 'agents_changed', 0, 0, 'active paused'],
    ['an agent is back', 'paused', 'agents_changed', 1, 0, 'paused active'],
    ['two are back', 'paused', 'agents_changed', 2, 0, 'paused active collaborating'],
    ['one of two leaves', 'collaborating', 'agents_changed', 1, 0, 'collaborating active'],
    ['two agents expire', 'collaborating', 'agents_changed', 0, 0, 'collaborating active paused'],
    ['a conflict of several', 'collaborating', 'conflict_detected', 2, 1, 'collaborating merge_conflict'],
    [
      'a second agent, conflict open',
      'active',
      'agents_changed',
      2,
      1,
      'active collaborating merge_conflict',
    ],
    [
      'two back, conflict open',
      'paused',
      'agents_changed',
      2,
      1,
      'paused active collaborating merge_conflict',
    ],
    ['resolved', 'merge_conflict', 'conflict_resolved', 2, 0, 'merge_conflict collaborating'],
    [
      'resolved, one left',
      'merge_conflict',
      'conflict_resolved',
      1,
      0,
      'merge_conflict collaborating active',
    ],
    ['agents gone during it', 'merge_conflict', 'agents_changed', 0, 1, 'merge_conflict paused'],
    ['completed by one', 'active', 'completed', 1, 0, 'active completed'],
    ['completed by several', 'collaborating', 'completed', 2, 0, 'collaborating completed'],
    ['paused too long', 'paused', 'deadline', 0, 0, 'paused archived'],
    ['a showcase long enough', 'completed', 'deadline', 0, 0, 'completed archived'],
  ])('%s', (_name, state, trigger, agents, conflicts, expected) => {
    expect(path(state, trigger, agents, conflicts)).toBe(expected);
  });
});

describe('what moves nothing', () => {
  it.each<[string, RoomState, RoomTrigger, number, number]>([
    ['people joining a room that waits', 'waiting_for_members', 'agents_changed', 0, 0],
    ['agents before the repository is there', 'initializing', 'agents_changed', 2, 0],
    ['a conflict while one agent works', 'active', 'conflict_detected', 1, 1],
    ['a third agent', 'collaborating', 'agents_changed', 3, 0],
    ['one of two leaving a conflict', 'merge_conflict', 'agents_changed', 1, 1],
    ['one of several conflicts resolved', 'merge_conflict', 'conflict_resolved', 2, 1],
    ['a conflict in a paused room', 'paused', 'conflict_detected', 0, 1],
    ['the repository reported twice', 'active', 'repository_ready', 1, 0],
    ['a deadline of a room at work', 'active', 'deadline', 1, 0],
    ['a deadline in a conflict', 'merge_conflict', 'deadline', 2, 1],
    ['agents in a completed room', 'completed', 'agents_changed', 0, 0],
    ['agents in an archived room', 'archived', 'agents_changed', 2, 0],
  ])('%s', (_name, state, trigger, agents, conflicts) => {
    expect(path(state, trigger, agents, conflicts)).toBe(state);
  });
});

it.each(ROOM_STATES.filter((state) => !isContractEdge(state, 'completed')))(
  'refuses to complete a room that is %s',
  (state) => {
    try {
      nextStates({ state, agents: 2, openConflicts: 1 }, 'completed');
      throw new Error('was not refused');
    } catch (error) {
      expect(error).toBeInstanceOf(Failure);
      expect((error as Failure).reason).toBe('room.illegal_transition');
      expect((error as Failure).details).toEqual({ from: state, to: 'completed' });
    }
  },
);

const facts = fc.record({ agents: fc.nat({ max: 3 }), openConflicts: fc.nat({ max: 2 }) });
const happenings = fc.array(fc.tuple(fc.constantFrom(...ROOM_TRIGGERS), facts), { maxLength: 30 });

describe('whatever happens', () => {
  it('a room walks along the edges of the contract only', () => {
    fc.assert(
      fc.property(happenings, (steps) => {
        let state: RoomState = 'creating';
        for (const [trigger, fact] of steps) {
          for (const move of attempt(state, trigger, fact)) {
            expect(move.from).toBe(state);
            expect(isContractEdge(move.from, move.to)).toBe(true);
            state = move.to;
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('the number of agents says where a working room ends up', () => {
    const working = fc.constantFrom<RoomState>(
      'waiting_for_members',
      'active',
      'collaborating',
      'merge_conflict',
      'paused',
    );
    fc.assert(
      fc.property(working, facts, (state, fact) => {
        const end = attempt(state, 'agents_changed', fact).at(-1)?.to ?? state;
        if (fact.agents === 0) expect(['paused', 'waiting_for_members']).toContain(end);
        if (fact.agents === 1)
          expect(end).toBe(
            state === 'merge_conflict' && fact.openConflicts > 0 ? 'merge_conflict' : 'active',
          );
        if (fact.agents > 1) expect(end).toBe(fact.openConflicts > 0 ? 'merge_conflict' : 'collaborating');
      }),
    );
  });

  it('telling the same twice moves nothing the second time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROOM_STATES), facts, (state, fact) => {
        const end = attempt(state, 'agents_changed', fact).at(-1)?.to ?? state;
        expect(attempt(end, 'agents_changed', fact)).toEqual([]);
      }),
    );
  });
});

function attempt(state: RoomState, trigger: RoomTrigger, fact: { agents: number; openConflicts: number }) {
  try {
    return nextStates({ state, ...fact }, trigger);
  } catch (error) {
    if (error instanceof Failure && error.reason === 'room.illegal_transition') return [];
    throw error;
  }
}
