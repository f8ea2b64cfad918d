import type { WebhookDefinition } from '@octokit/webhooks-examples';
import { GitJobs } from '@clawtank/git';
import { newId } from '@clawtank/kernel';
import { fromGithub, SECRET, startReceiver, type TestReceiver } from './test-receiver.js';

const examples = jest.requireActual<readonly WebhookDefinition[]>('@octokit/webhooks-examples');

let receiver: TestReceiver;
beforeAll(async () => {
  receiver = await startReceiver();
  receiver.configure({ githubSecret: SECRET });
});
afterEach(() => receiver.database.query('TRUNCATE webhook_inbox'));
afterAll(() => receiver.close());

const deliver = (event: string, body: string) =>
  receiver.post('github', fromGithub(newId(), body, { event }), body);
const handleAll = async (): Promise<void> => {
  const job = receiver.app
    .get(GitJobs, { strict: false })
    .jobs()
    .find(({ name }) => name === 'git.deliveries');
  await job?.run();
};
const outcomes = () =>
  receiver.database.query<{ event: string; outcome: string | null; error: string | null }>(
    `SELECT event, coalesce(outcome, CASE WHEN dead_at IS NOT NULL THEN 'dead' END) AS outcome, error
     FROM webhook_inbox ORDER BY received_at, event`,
  );

describe('what was received', () => {
  it('is handled without an error, whatever GitHub’s own developers have seen', async () => {
    for (const { name, examples: some } of examples)
      for (const payload of some) await deliver(name, JSON.stringify(payload));
    await handleAll();
    const all = await outcomes();
    expect(all.length).toBeGreaterThanOrEqual(329);
    expect(new Set(all.map(({ outcome }) => outcome))).toEqual(new Set(['nothing to do', 'of no room']));
    expect(all.filter(({ error }) => error !== null)).toEqual([]);
  });

  it('changes nothing where it is a ping, of tomorrow, or about a repository without a room', async () => {
    await deliver('ping', '{"zen":"Keep it logically awesome.","hook_id":1}');
    await deliver('an_event_of_tomorrow', '{"repository":{"full_name":"a/b"}}');
    await deliver('push', '{"repository":{"full_name":"a/b"}}');
    await handleAll();
    expect(await outcomes()).toMatchObject([
      { event: 'ping', outcome: 'nothing to do' },
      { event: 'an_event_of_tomorrow', outcome: 'nothing to do' },
      { event: 'push', outcome: 'of no room' },
    ]);
  });

  it('is given up where it is not JSON, and is not in the way of the rest', async () => {
    await deliver('push', '{"repository":');
    await deliver('push', '[1,2');
    await deliver('ping', '{}');
    await handleAll();
    expect(await outcomes()).toMatchObject([
      { outcome: 'dead', error: 'The body is not JSON.' },
      { outcome: 'dead' },
      { outcome: 'nothing to do', error: null },
    ]);
  });

  it('may come as a form, as from a webhook that somebody made by hand', async () => {
    await deliver('push', new URLSearchParams({ payload: '{"repository":{"full_name":"a/b"}}' }).toString());
    await handleAll();
    expect(await outcomes()).toMatchObject([{ outcome: 'of no room' }]);
  });

  it.each([
    [
      '2,048 commits',
      JSON.stringify({
        ref: 'refs/heads/main',
        commits: Array.from({ length: 2_048 }, () => ({
          id: 'a'.repeat(40),
          message: 'x'.repeat(200),
          added: ['a'],
          removed: [],
          modified: ['b'],
        })),
      }),
    ],
    ['25 MiB', JSON.stringify({ ref: 'x'.repeat(25 * 1024 * 1024 - 20) })],
    ['a depth of 10,000', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['a prototype', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'],
    ['half a surrogate', '{"ref":"\\ud800"}'],
  ])('may have %s', async (_name, body) => {
    await deliver('push', body);
    await handleAll();
    expect(await outcomes()).toMatchObject([{ outcome: 'of no room', error: null }]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('is handled as soon as it comes, without anybody looking', async () => {
    // From the first run on a process hears of what comes.
    await handleAll();
    await deliver('ping', '{}');
    const end = Date.now() + 10_000;
    while ((await outcomes())[0]?.outcome !== 'nothing to do') {
      if (Date.now() > end) throw new Error('it was not heard of');
      await new Promise((next) => setTimeout(next, 10));
    }
  });
});
