import type { RoomSnapshot, TaskView } from '@clawtank/contracts';
import { anAgent, aSnapshot, aTask } from '@clawtank/agent-sdk/testing';
import { type ClaimRecord, isIdle, type Move, nextMoves, type RunView } from './moves.js';

const ME = { kind: 'agent', id: 'pincer', name: 'Pincer' } as const;
const OTHER = { kind: 'agent', id: 'molt', name: 'Molt' } as const;

const task = (id: string, fields: Partial<TaskView> = {}): TaskView =>
  aTask({ id, key: `T-${id}`, ...fields });
const mine = (id: string, fields: Partial<TaskView> = {}): TaskView =>
  task(id, { assignee: ME, fence: 1, status: 'in_progress', ...fields });
const inConflict = { status: 'blocked', blocked_by: { kind: 'conflict', files: ['a.ts'] } } as const;
const claim = (fields: Partial<ClaimRecord> = {}): ClaimRecord => ({
  fence: 1,
  phase: 'working',
  since: 5,
  ...fields,
});

const settledBy = (resolution: string, party: string): RoomSnapshot['conflicts'][number] => ({
  id: 'c',
  state: 'detected',
  files: ['a.ts'],
  task_ids: [party],
  branches: [],
  resolution_task_id: resolution,
  created_at: '',
  resolved_at: null,
});

interface Setting {
  readonly tasks?: readonly TaskView[];
  readonly room?: Partial<RoomSnapshot['room']>;
  readonly claims?: Readonly<Record<string, ClaimRecord>>;
  readonly claiming?: readonly string[];
  readonly offers?: readonly string[];
  readonly max?: number;
  readonly paused?: boolean;
  readonly conflicts?: RoomSnapshot['conflicts'];
}

function view({
  tasks = [],
  room = {},
  claims = {},
  claiming = [],
  offers = [],
  max = 1,
  paused = false,
  conflicts = [],
}: Setting): RunView {
  const base = aSnapshot();
  const agent = {
    agent: anAgent(ME.id),
    connected: true,
    status: 'idle',
    task_id: null,
    progress: null,
    detail: null,
    model: '',
    capabilities: [],
    languages: [],
    max_concurrent_tasks: max,
    paused,
    autonomy: null,
    last_seen_at: base.room.created_at,
  } as const;
  return {
    me: ME.id,
    room: aSnapshot({ tasks, conflicts, agents: [agent], room: { ...base.room, ...room } }),
    claims: new Map(Object.entries(claims)),
    claiming: new Set(claiming),
    offers,
    maxTasks: max,
  };
}

const work = (taskId: string, reason: string) => ({ kind: 'work', taskId, reason });
const take = (taskId: string) => ({ kind: 'claim', taskId });

describe('nextMoves', () => {
  it.each<[string, Setting, readonly object[]]>([
    ['claims a task it was offered', { tasks: [task('1')], offers: ['1'] }, [take('1')]],
    ['leaves alone what it was not offered', { tasks: [task('1')] }, []],
    [
      'leaves alone what somebody has taken meanwhile',
      { tasks: [task('1', { status: 'claimed', assignee: OTHER, fence: 1 })], offers: ['1'] },
      [],
    ],
    [
      'leaves the task of its own conflict to the work it is at',
      {
        tasks: [mine('1', inConflict), task('2')],
        claims: { '1': claim() },
        offers: ['2'],
        conflicts: [settledBy('2', '1')],
        max: 2,
      },
      [],
    ],
    [
      'claims the task of a conflict of others',
      { tasks: [task('1', inConflict), task('2')], offers: ['2'], conflicts: [settledBy('2', '1')] },
      [take('2')],
    ],
    [
      'waits with a claim whose paths others hold',
      { tasks: [mine('1', { status: 'blocked' })], claims: { '1': claim({ phase: 'waiting', since: 0 }) } },
      [],
    ],
    [
      'takes it up when they are free',
      { tasks: [mine('1', { status: 'claimed' })], claims: { '1': claim({ phase: 'waiting', since: 0 }) } },
      [work('1', 'task')],
    ],
    ['waits for a task that the room does not show yet', { offers: ['9'] }, []],
    [
      'claims no more than its hands hold',
      { tasks: [task('1'), task('2'), task('3')], offers: ['1', '2', '3'], max: 2 },
      [take('1'), take('2')],
    ],
    [
      'takes the urgent one first',
      { tasks: [task('1'), task('2', { priority: 'urgent' })], offers: ['1', '2'] },
      [take('2')],
    ],
    [
      'claims nothing while it works',
      { tasks: [mine('1'), task('2')], claims: { 1: claim() }, offers: ['2'] },
      [],
    ],
    [
      'claims nothing while it claims',
      { tasks: [task('1'), task('2')], claiming: ['1'], offers: ['1', '2'] },
      [],
    ],
    [
      'claims the next one while the last is in review',
      {
        tasks: [mine('1', { status: 'review' }), task('2')],
        claims: { 1: claim({ phase: 'handed_in' }) },
        offers: ['2'],
      },
      [take('2')],
    ],
    ['claims nothing in a room on hold', { tasks: [task('1')], offers: ['1'], room: { hold: true } }, []],
    [
      'claims nothing in a completed room',
      { tasks: [task('1')], offers: ['1'], room: { state: 'completed' } },
      [],
    ],
    [
      'claims in a room with a merge conflict',
      { tasks: [task('1')], offers: ['1'], room: { state: 'merge_conflict' } },
      [take('1')],
    ],
    ['claims nothing while it is paused', { tasks: [task('1')], offers: ['1'], paused: true }, []],
    ['finishes what it has while it is paused', { tasks: [mine('1')], paused: true }, [work('1', 'task')]],
    ['works on what was assigned to it', { tasks: [mine('1', { status: 'claimed' })] }, [work('1', 'task')]],
    ['goes on with what an earlier run began', { tasks: [mine('1')] }, [work('1', 'task')]],
    [
      'goes on with changes that were asked for in between',
      { tasks: [mine('1', { pull_request: 3 })] },
      [work('1', 'changes_requested')],
    ],
    [
      'goes on with a conflict that came in between',
      { tasks: [mine('1', inConflict)] },
      [work('1', 'conflict')],
    ],
    [
      'watches what an earlier run handed in',
      { tasks: [mine('1', { status: 'review' })] },
      [{ kind: 'adopt', taskId: '1', fence: 1 }],
    ],
    [
      'leaves a task alone that is blocked by another',
      { tasks: [mine('1', { status: 'blocked', blocked_by: { kind: 'dependency', task_ids: ['2'] } })] },
      [],
    ],
    [
      'does what a review asks for',
      { tasks: [mine('1')], claims: { 1: claim({ phase: 'handed_in' }) } },
      [work('1', 'changes_requested')],
    ],
    [
      'does not take its own hand-in for a review',
      { tasks: [mine('1')], claims: { 1: claim({ phase: 'handed_in', since: 99 }) } },
      [],
    ],
    [
      'resolves a conflict',
      { tasks: [mine('1', inConflict)], claims: { 1: claim({ phase: 'handed_in' }) } },
      [work('1', 'conflict')],
    ],
    [
      'does not try the same conflict twice',
      { tasks: [mine('1', inConflict)], claims: { 1: claim({ phase: 'stuck', stuckOn: '\na.ts' }) } },
      [],
    ],
    [
      'tries again when the default branch has moved',
      { tasks: [mine('1', inConflict)], claims: { 1: claim({ phase: 'stuck', stuckOn: 'abc\na.ts' }) } },
      [work('1', 'conflict')],
    ],
    [
      'prefers what it holds to what it is offered',
      {
        tasks: [mine('1'), task('2', { priority: 'urgent' })],
        claims: { 1: claim({ phase: 'handed_in' }) },
        offers: ['2'],
      },
      [work('1', 'changes_requested')],
    ],
    [
      'loses a claim that expired',
      { tasks: [task('1', { fence: 1 })], claims: { 1: claim() } },
      [{ kind: 'lose', taskId: '1', done: false }],
    ],
    [
      'loses a claim that somebody else has now',
      { tasks: [task('1', { assignee: OTHER, fence: 2, status: 'claimed' })], claims: { 1: claim() } },
      [{ kind: 'lose', taskId: '1', done: false }],
    ],
    [
      'loses its old claim to its new one',
      { tasks: [mine('1', { fence: 2 })], claims: { 1: claim() } },
      [{ kind: 'lose', taskId: '1', done: false }],
    ],
    [
      'is done with what was merged',
      { tasks: [mine('1', { status: 'complete' })], claims: { 1: claim({ phase: 'handed_in' }) } },
      [{ kind: 'lose', taskId: '1', done: true }],
    ],
    [
      'does not believe a room that is behind',
      { tasks: [task('1')], claims: { 1: claim({ since: 11 }) }, offers: ['1'] },
      [],
    ],
    [
      'waits until the room shows what it gave back',
      { tasks: [mine('1')], claims: { 1: claim({ phase: 'ended' }) } },
      [],
    ],
    [
      'fills the hand that a lost claim frees',
      { tasks: [task('1', { fence: 1 }), task('2')], claims: { 1: claim() }, offers: ['2'] },
      [{ kind: 'lose', taskId: '1', done: false }, take('2')],
    ],
  ])('%s', (_, setting, moves) => {
    expect(nextMoves(view(setting))).toEqual<readonly Partial<Move>[]>(moves);
  });
});

describe('isIdle', () => {
  it.each<[string, Setting, boolean]>([
    ['with nothing at all', {}, true],
    ['with a task that it was not offered', { tasks: [task('1')] }, true],
    ['with an offer', { tasks: [task('1')], offers: ['1'] }, false],
    ['with an offer it can’t take yet', { tasks: [task('1')], offers: ['1'], room: { hold: true } }, false],
    ['at work', { tasks: [mine('1')], claims: { 1: claim() } }, false],
    [
      'with work in review',
      { tasks: [mine('1', { status: 'review' })], claims: { 1: claim({ phase: 'handed_in' }) } },
      false,
    ],
    [
      'with a conflict it could not resolve',
      { tasks: [mine('1', inConflict)], claims: { 1: claim({ phase: 'stuck', stuckOn: '\na.ts' }) } },
      true,
    ],
  ])('%s: %s', (_, setting, idle) => {
    expect(isIdle(view(setting))).toBe(idle);
  });
});
