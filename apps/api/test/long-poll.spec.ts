import { CommandBus } from '@clawtank/commands';
import { StreamHub } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { LongPoll } from '../src/events/long-poll.js';
import { type Answer, type Person, startApi, type TestApi } from './test-api.js';

describe('a long poll', () => {
  let api: TestApi;
  let ada: Person;
  let bob: Person;
  let room: { id: string; slug: string };
  beforeAll(async () => {
    api = await startApi();
    [ada, bob] = [await api.aPerson('ada'), await api.aPerson('bob')];
  });
  beforeEach(async () => {
    room = await api.aRoom(ada, 'private');
    await run(ada, 'member.add', { room_id: room.id, user_id: bob.caller.id, role: 'member' });
  });
  afterAll(() => api.close());

  const run = ({ caller }: Person, name: string, input: object) =>
    api.app.get(CommandBus, { strict: false }).run(name, input, { caller, requestId: newId() });
  const poll = (person: Person, query: string, signal?: AbortSignal) =>
    api.call('GET', `/api/v1/rooms/${room.slug}/events?${query}`, {
      token: person.token,
      ...(signal ? { signal } : {}),
    });
  const head = async (): Promise<number> => Number((await poll(ada, '')).at('to'));
  const typesIn = (answer: Answer) => (answer.at('events') as { type: string }[]).map((event) => event.type);
  /** Resolves once the server holds this many waiting requests. */
  const held = async (count: number): Promise<void> => {
    const longPoll = api.app.get(LongPoll, { strict: false });
    while (longPoll.held !== count) await new Promise((resolve) => setImmediate(resolve));
  };

  it('answers at once when there is something', async () => {
    const answer = await poll(bob, 'after=0&wait=30');
    expect(answer.at('from')).toBe(1);
    expect(typesIn(answer)).toContain('room.created');
  });

  it('waits until something happens', async () => {
    const after = await head();
    const answer = poll(bob, `after=${after}&wait=30`);
    await held(1);
    await run(ada, 'chat.send', { room_id: room.id, text: 'hello' });
    const frame = await answer;
    expect([frame.at('from'), frame.at('to'), typesIn(frame)]).toEqual([
      after + 1,
      after + 1,
      ['chat.message'],
    ]);
  });

  it('answers a herd from memory', async () => {
    const after = await head();
    const looks = jest.spyOn(api.app.get(StreamHub, { strict: false }), 'atHand');
    const answers = Array.from({ length: 30 }, () => poll(bob, `after=${after}&wait=30`));
    await held(answers.length);
    await run(ada, 'chat.send', { room_id: room.id, text: 'to all' });
    for (const frame of await Promise.all(answers)) {
      expect([frame.at('to'), typesIn(frame)]).toEqual([after + 1, ['chat.message']]);
    }
    const found = looks.mock.results.map(({ value }) => value !== undefined);
    expect(found).toEqual(answers.map(() => true));
    looks.mockRestore();
  });

  it('answers an empty frame when the time is up', async () => {
    const after = await head();
    const answer = await poll(bob, `after=${after}&wait=1`);
    expect([answer.status, answer.at('from'), answer.at('to'), answer.at('events')]).toEqual([
      200,
      after + 1,
      after,
      [],
    ]);
  });

  it('checks again who may read before it answers', async () => {
    const answer = poll(bob, `after=${await head()}&wait=30`);
    await held(1);
    await run(ada, 'member.remove', { room_id: room.id, user_id: bob.caller.id });
    expect([(await answer).status, (await answer).at('reason')]).toEqual([404, 'room.not_found']);
  });

  it('stops waiting when the client goes away', async () => {
    const abort = new AbortController();
    const answer = poll(bob, `after=${await head()}&wait=30`, abort.signal);
    await held(1);
    abort.abort();
    await expect(answer).rejects.toThrow();
    await held(0);
  });

  it('does not wait with a position that can’t be served', async () => {
    const beyond = await poll(bob, 'after=999&wait=30');
    expect([beyond.status, beyond.at('code'), beyond.at('reason')]).toEqual([
      409,
      'CONFLICT',
      'stream.resync',
    ]);
    expect(beyond.at('details')).toMatchObject({ stream: `room:${room.id}`, resync: 'future' });
    expect((await poll(bob, `after=0&epoch=${newId()}`)).at('details.resync')).toBe('epoch');
  });

  it.each([['after=-1'], ['after=x'], ['wait=99'], ['limit=0'], ['color=red']])(
    'refuses %s',
    async (query) => {
      expect([(await poll(bob, query)).status, (await poll(bob, query)).at('reason')]).toEqual([
        400,
        'input.invalid',
      ]);
    },
  );

  it('waits on the caller’s own stream', async () => {
    const own = (query: string) => api.call('GET', `/api/v1/me/events?${query}`, { token: bob.token });
    const after = Number((await own('')).at('to'));
    const answer = own(`after=${after}&wait=30`);
    await held(1);
    await run(ada, 'chat.direct', { to: bob.caller.id, text: 'psst' });
    expect(typesIn(await answer)).toEqual(['chat.direct']);
    expect((await answer).at('stream')).toBe(`user:${bob.caller.id}`);
  });

  it('lets a server that stops answer whoever waits', async () => {
    const other = await startApi();
    const someone = await other.aPerson('someone');
    const answer = other.call('GET', '/api/v1/me/events?wait=30', { token: someone.token });
    while (other.app.get(LongPoll, { strict: false }).held === 0)
      await new Promise((resolve) => setImmediate(resolve));
    await other.close();
    expect((await answer).status).toBe(200);
  });
});
