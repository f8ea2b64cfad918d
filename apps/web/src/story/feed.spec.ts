import { castOf } from './cast';
import { activityFeed, chatFeed } from './feed';
import { aLog, aMessage, anEvent, aSnapshot, MIRA, PINCER, statusEvent, SYSTEM } from './testing';

const snapshot = aSnapshot({ messages: [aMessage(10), aMessage(14)] });
const cast = castOf(snapshot);
const left = (seq: number) => anEvent(seq, seq, 'agent.left', SYSTEM, { agent_id: 'pincer' });
const kinds = (items: readonly { readonly kind: string; readonly seq: number }[]) =>
  items.map(({ kind, seq }) => `${kind} ${seq}`);

it('puts the main events between the messages, in the order of the log', () => {
  const xp = {
    entry_id: 'x',
    subject: { kind: 'agent', id: 'pincer', name: 'Pincer' },
    amount: 120,
    reason: 'merged',
  } as const;
  const log = aLog([
    left(11),
    statusEvent(12, 12, PINCER, 'thinking'),
    anEvent(13, 13, 'git.tag', SYSTEM, { tag: 'v1', sha: 'a' }),
    anEvent(15, 15, 'reputation.xp', SYSTEM, { ...xp, task_id: null, total: 120, level: 2 }),
    anEvent(16, 16, 'room.state_changed', SYSTEM, { from: 'active', to: 'collaborating' }),
  ]);
  expect(kinds(chatFeed(snapshot, log, cast))).toEqual([
    'message 10',
    'event 11',
    'event 13',
    'message 14',
    'xp 15',
  ]);
  expect(kinds(activityFeed(log, cast))).toEqual(['event 11', 'event 13', 'xp 15', 'event 16']);
});

it('leaves out events from before the oldest message, unless the log is whole', () => {
  expect(kinds(chatFeed(snapshot, aLog([left(5)], 4), cast))).toEqual(['message 10', 'message 14']);
  expect(kinds(chatFeed(snapshot, aLog([left(5)], 1), cast))).toEqual([
    'event 5',
    'message 10',
    'message 14',
  ]);
});

describe('the lines of a merge', () => {
  const branch = 'clawtank/T-1/1';
  const created = { branch, action: 'created', old_sha: null, sha: 'a', task_id: 't1' } as const;
  const commit = (seq: number, sha: string) =>
    anEvent(seq, seq, 'git.commit', PINCER, {
      ...{ branch, sha, message: 'm', files: [], additions: 10, deletions: 2 },
      ...{ task_id: 't1', agent_id: 'pincer', author_name: 'Pincer' },
    });
  const merged = anEvent(30, 30, 'git.pull_request', MIRA, {
    ...{ number: 1, action: 'merged', title: 'It', branch, task_id: 't1', head_sha: 'b' },
  } as const);
  const told = (log: ReturnType<typeof aLog>) => {
    const item = activityFeed(log, cast).at(-1);
    return item?.kind === 'event' ? item.sentence.parts.map(({ text }) => text).join('') : undefined;
  };

  it('are added up from its commits, each once', () => {
    const log = aLog(
      [
        anEvent(20, 20, 'git.branch', PINCER, created),
        commit(21, 'a'),
        commit(22, 'b'),
        commit(23, 'a'),
        merged,
      ],
      20,
    );
    expect(told(log)).toBe('Mira merged It +20 −4');
  });

  it('are not told when the log begins in the middle of the branch', () => {
    expect(told(aLog([commit(21, 'a'), merged], 20))).toBe('Mira merged It');
  });
});
