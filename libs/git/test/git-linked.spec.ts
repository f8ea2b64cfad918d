import { link } from '@clawtank/auth/testing';
import type { PullRequestView } from '@clawtank/contracts';
import { HostedRoom } from './hosted-room.js';

let hosted: HostedRoom;
beforeAll(async () => {
  hosted = await HostedRoom.open();
  const { room, peer } = hosted;
  await room.log.work.run(async (tx) => {
    for (const [user, login] of [
      [room.ada, 'ada-of-github'],
      [room.ben, 'ben-of-github'],
    ] as const) {
      const subject = String(peer.account(login).id);
      await link(tx, user, { provider: 'github', issuer: peer.url, subject });
    }
  });
});
afterAll(() => hosted.close());

let files = 0;
/** Ada's agent has a pull request open, of which we have heard. */
async function underReview(title: string) {
  const held = await hosted.room.work(hosted.room.pincer, title);
  await hosted.pushFor(held, { [`linked-${(files += 1)}.ts`]: 'export {};\n' });
  const pull = await hosted.openFor(held);
  await hosted.hear();
  return { held, pull };
}

async function requestOf(number: number): Promise<PullRequestView | undefined> {
  return (await hosted.room.snapshot()).pull_requests.find((one) => one.number === number);
}

const approved = { state: 'APPROVED', body: 'Fine.', comments: [] } as const;
const colder = { state: 'CHANGES_REQUESTED', body: 'Colder.', comments: [] } as const;

it('counts an approval of a member whose account is linked, and merges by it', async () => {
  const { held, pull } = await underReview('Approve');
  hosted.world.review(hosted.peer.account('ben-of-github'), pull, approved);
  await hosted.hear();
  expect(await requestOf(pull.number)).toMatchObject({
    approved: true,
    reviews: [{ verdict: 'approve', reviewer: { kind: 'human', id: hosted.room.ben.id } }],
  });
  await hosted.room.run('git.merge', hosted.room.ada, { room_id: hosted.room.id, number: pull.number });
  await hosted.hear();
  expect(await hosted.room.taskStatus(held.task)).toBe('complete');
});

it('takes their wish for changes for theirs', async () => {
  const { held, pull } = await underReview('Changes');
  hosted.world.review(hosted.peer.account('ben-of-github'), pull, colder);
  await hosted.hear();
  expect((await requestOf(pull.number))?.reviews).toMatchObject([
    { verdict: 'request_changes', reviewer: { kind: 'human', id: hosted.room.ben.id } },
  ]);
  expect(await hosted.room.taskStatus(held.task)).toBe('in_progress');
});

it('does not count one of a commit that is no longer the head', async () => {
  const { held, pull } = await underReview('Older');
  hosted.world.review(hosted.peer.account('ben-of-github'), pull, approved);
  await hosted.pushFor(held, { 'later.ts': 'export {};\n' });
  await hosted.hear();
  expect(await requestOf(pull.number)).toMatchObject({ approved: false });
});

it('knows an account by its number, not by a login that somebody else may have taken since', async () => {
  const { pull } = await underReview('Login');
  const posing = { ...hosted.peer.account('ben-of-github'), id: 31_337 };
  hosted.world.review(posing, pull, approved);
  await hosted.hear();
  expect(await requestOf(pull.number)).toMatchObject({
    approved: false,
    reviews: [{ reviewer: { kind: 'webhook', name: 'ben-of-github' } }],
  });
});

it('counts nobody’s who is linked and not in the room', async () => {
  const stranger = await hosted.room.stranger('cleo');
  const subject = String(hosted.peer.account('cleo').id);
  await hosted.room.log.work.run((tx) =>
    link(tx, stranger, { provider: 'github', issuer: hosted.peer.url, subject }),
  );
  const { pull } = await underReview('Outside');
  hosted.world.review(hosted.peer.account('cleo'), pull, approved);
  await hosted.hear();
  expect(await requestOf(pull.number)).toMatchObject({
    approved: false,
    reviews: [{ reviewer: { kind: 'webhook' } }],
  });
});

it('tells of a review before the merge that came after it, though nobody told us of either', async () => {
  const { held, pull } = await underReview('Missed');
  hosted.world.review(hosted.peer.account('ben-of-github'), pull, approved);
  await hosted.world.merge(hosted.peer.account('ben-of-github'), pull, 'Merge it');
  await hosted.miss();
  await hosted.reconcile.all();
  await hosted.room.settle();
  const acts = (await hosted.room.eventsOf('git.pull_request')).filter(
    ({ number }) => number === pull.number,
  );
  expect(acts.map(({ action }) => action).filter((action) => action !== 'mergeability')).toEqual([
    'opened',
    'reviewed',
    'merged',
  ]);
  expect(await hosted.room.taskStatus(held.task)).toBe('complete');
});

describe('where others have to review', () => {
  beforeAll(() =>
    hosted.room.run('room.update', hosted.room.ada, {
      room_id: hosted.room.id,
      settings: { review: 'not_owner' },
    }),
  );

  it('does not count what an owner says of the work of their agent', async () => {
    const { pull } = await underReview('Own agent');
    hosted.world.review(hosted.peer.account('ada-of-github'), pull, approved);
    await hosted.hear();
    expect(await requestOf(pull.number)).toMatchObject({
      approved: false,
      reviews: [{ reviewer: { kind: 'webhook', name: 'ada-of-github' } }],
    });
  });
});
