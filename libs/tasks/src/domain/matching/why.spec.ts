import type { HindranceCode } from '@clawtank/contracts';
import { answerForAgent, answerForTask, type Option, type TaskFacts } from './why.js';

const NOW = 100_000;
const kept = (code: HindranceCode, text = 'Kept.') => ({ code, text, until: null });
const agent = (name: string, some: Partial<Option> = {}): Option => ({
  name,
  fits: true,
  askedAt: null,
  hindrances: [],
  ...some,
});
const facts = (some: Partial<TaskFacts>): TaskFacts => ({
  key: 'T-1',
  hindrances: [],
  agents: [],
  dueAt: null,
  now: NOW,
  ...some,
});

describe('why nobody is on a task', () => {
  it.each<[Partial<TaskFacts>, string]>([
    [{ hindrances: [kept('blocked', 'It waits for T-3.')] }, 'It waits for T-3.'],
    [{}, 'No agent is in the room to take T-1.'],
    [
      { agents: [agent('a', { hindrances: [kept('busy')] }), agent('b', { hindrances: [kept('paused')] })] },
      'None of the 2 agents can take T-1 now: 1 busy, 1 paused.',
    ],
    [
      {
        agents: [agent('a', { askedAt: NOW - 40_000 }), agent('b', { askedAt: NOW - 5_000 })],
        dueAt: NOW + 20_000,
      },
      'a, b were asked 40 s ago and did not claim T-1 so far; more are asked in 20 s.',
    ],
    [
      { agents: [agent('a', { fits: false })], dueAt: NOW + 60_000 },
      '1 agent could take T-1, none of them has what it asks for; nobody was asked yet; more are asked in 1 min.',
    ],
    [
      { agents: [agent('a')] },
      '1 agent could take T-1, 1 agent with what it asks for; nobody was asked yet.',
    ],
  ])('%#', (some, answer) => {
    expect(answerForTask(facts(some))).toBe(answer);
  });
});

describe('why an agent is on nothing', () => {
  const task = (key: string, some = {}) => ({ key, fits: true, askedAt: null, hindrances: [], ...some });
  it.each<[string, Omit<Parameters<typeof answerForAgent>[0], 'name'>]>([
    ['It is paused.', { hindrances: [kept('paused', 'It is paused.')], tasks: [task('T-1')] }],
    ['No task is open in the room.', { hindrances: [], tasks: [] }],
    [
      'pincer can take none of the 1 open task now: 1 turn.',
      { hindrances: [], tasks: [task('T-1', { hindrances: [kept('turn')] })] },
    ],
    [
      'pincer was asked about T-2 and did not claim so far.',
      { hindrances: [], tasks: [task('T-1'), task('T-2', { askedAt: 1 })] },
    ],
    [
      'pincer could take 1 open task, but has nothing that they ask for.',
      { hindrances: [], tasks: [task('T-1', { fits: false })] },
    ],
    [
      'pincer could take T-1; others fit better and were asked first.',
      { hindrances: [], tasks: [task('T-1')] },
    ],
  ])('%s', (answer, some) => {
    expect(answerForAgent({ name: 'pincer', ...some })).toBe(answer);
  });
});
