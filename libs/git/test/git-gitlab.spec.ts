import { link } from '@clawtank/auth/testing';
import type { PullRequestView } from '@clawtank/contracts';
import { gitlabId } from '../src/testing/peers/gitlab/gitlab-world.js';
import type { Held } from './git-room.js';
import { GitlabRoom } from './gitlab-room.js';

let hosted: GitlabRoom;
beforeAll(async () => {
  hosted = await GitlabRoom.open();
});
afterAll(() => hosted.close());

const status = (held: Held): Promise<string> => hosted.room.taskStatus(held.task);
const requestOf = async (number: number): Promise<PullRequestView | undefined> =>
  (await hosted.room.snapshot()).pull_requests.find((one) => one.number === number);
let files = 0;
const file = (): Record<string, string> => ({ [`file-${(files += 1)}.ts`]: 'export {};\n' });

/** A task in work, pushed and with a merge request, of which we have heard. */
async function underReview(title: string) {
  const held = await hosted.room.work(hosted.room.pincer, title);
  await hosted.world.push(held.branch, file());
  const merge = await hosted.openFor(held);
  await hosted.hear();
  return { held, merge };
}

it('“Push Hook”: the commits are the work of whoever holds the branch', async () => {
  const held = await hosted.room.work(hosted.room.pincer, 'Roast');
  const sha = await hosted.world.push(held.branch, file());
  expect(await hosted.hear()).toEqual(['Push Hook']);
  expect(await hosted.room.eventsOf('git.commit')).toContainEqual(
    expect.objectContaining({
      sha,
      branch: held.branch,
      task_id: held.task.id,
      agent_id: hosted.room.pincer.id,
    }),
  );
});

it('“Push Hook”: straight to main is told', async () => {
  const sha = await hosted.world.push('main', file());
  await hosted.hear();
  expect(hosted.room.said).toContain(
    `${sha.slice(0, 10)} was pushed to main on GitLab past pull requests and their reviews.`,
  );
});

it('“Tag Push Hook”: the tag is known', async () => {
  const main = (await hosted.world.git.resolve('refs/heads/main')) ?? '';
  await hosted.world.changeRefs('octo', () => hosted.world.git.move('refs/tags/v1', main));
  expect(await hosted.hear()).toEqual(['Tag Push Hook']);
  expect(await hosted.room.eventsOf('git.tag')).toEqual([{ tag: 'v1', sha: main }]);
});

describe('“Merge Request Hook”', () => {
  it('open: its task is under review', async () => {
    const { held, merge } = await underReview('Open');
    expect(await status(held)).toBe('review');
    expect(await requestOf(merge.iid)).toMatchObject({
      state: 'open',
      task_id: held.task.id,
      mergeable: 'clean',
    });
  });

  it('update: the head is the new one', async () => {
    const { held, merge } = await underReview('Update');
    const sha = await hosted.world.push(held.branch, file());
    await hosted.hear();
    expect(await requestOf(merge.iid)).toMatchObject({ head_sha: sha });
  });

  it('close and reopen: the task goes back and comes again', async () => {
    const { held, merge } = await underReview('Close');
    hosted.world.close('ada', merge);
    await hosted.hear();
    expect(await status(held)).toBe('in_progress');
    hosted.world.reopen('ada', merge);
    await hosted.hear();
    expect(await status(held)).toBe('review');
  });

  it('a reviewer wants changes: the task goes back once, and again when they were asked again', async () => {
    const { held, merge } = await underReview('Wishes');
    hosted.world.say('rev', merge, 'requested_changes');
    await hosted.hear();
    expect(await status(held)).toBe('in_progress');
    expect((await requestOf(merge.iid))?.reviews).toMatchObject([
      { verdict: 'request_changes', reviewer: { kind: 'webhook', name: 'rev' } },
    ]);
    const before = (await hosted.room.events()).length;
    hosted.world.note('ada', merge, 'Working on it.');
    await hosted.hear();
    expect(await hosted.room.events()).toHaveLength(before);
    hosted.world.say('rev', merge, 'unreviewed');
    await hosted.hear();
    expect((await requestOf(merge.iid))?.reviews).toEqual([]);
    hosted.world.say('rev', merge, 'requested_changes');
    await hosted.hear();
    expect((await requestOf(merge.iid))?.reviews).toMatchObject([{ verdict: 'request_changes' }]);
  });

  it('merge: the task is complete', async () => {
    const { held, merge } = await underReview('Merge');
    const sha = await hosted.world.accept('rev', merge, 'Merge it');
    await hosted.hear();
    expect(await status(held)).toBe('complete');
    expect(await requestOf(merge.iid)).toMatchObject({ state: 'merged', merged_sha: sha });
  });

  it('approved by somebody nobody knows here: shown, and not counted', async () => {
    const { merge } = await underReview('Approve');
    hosted.world.approve('rev', merge);
    await hosted.hear();
    expect(await requestOf(merge.iid)).toMatchObject({
      approved: false,
      reviews: [{ verdict: 'approve', reviewer: { kind: 'webhook', name: 'rev' } }],
    });
  });

  it('of a conflict: the task is blocked by it', async () => {
    const held = await hosted.room.work(hosted.room.pincer, 'Conflict');
    await hosted.world.push(held.branch, { 'recipe.txt': 'hot\n' });
    const merge = await hosted.openFor(held);
    await hosted.hear();
    await hosted.world.push('main', { 'recipe.txt': 'cold\n' });
    await hosted.hear();
    expect(await status(held)).toBe('blocked');
    expect(await requestOf(merge.iid)).toMatchObject({
      mergeable: 'conflict',
      conflict_files: ['recipe.txt'],
    });
  });
});

describe('an approval of a member whose account is linked', () => {
  beforeAll(() =>
    hosted.room.log.work.run((tx) =>
      link(tx, hosted.room.ben, {
        provider: 'gitlab',
        issuer: hosted.peer.url,
        subject: String(gitlabId('ben-of-gitlab')),
      }),
    ),
  );

  it('is that member’s own, until it is taken back', async () => {
    const { merge } = await underReview('Linked');
    hosted.world.approve('ben-of-gitlab', merge);
    await hosted.hear();
    expect(await requestOf(merge.iid)).toMatchObject({
      approved: true,
      reviews: [{ verdict: 'approve', reviewer: { kind: 'human', id: hosted.room.ben.id } }],
    });
    hosted.world.unapprove('ben-of-gitlab', merge);
    await hosted.hear();
    expect(await requestOf(merge.iid)).toMatchObject({ approved: false, reviews: [] });
  });

  it('is of the commit that was there then', async () => {
    const { held, merge } = await underReview('Versions');
    hosted.world.approve('ben-of-gitlab', merge);
    const given = [...merge.approvals];
    hosted.peer.clock.advance(1_000);
    await hosted.world.push(held.branch, file());
    // As a project is set to that keeps approvals when more is pushed.
    merge.approvals = given;
    await hosted.hear();
    expect(await requestOf(merge.iid)).toMatchObject({ approved: false });
    hosted.peer.clock.advance(1_000);
    merge.approvals = [];
    hosted.world.approve('ben-of-gitlab', merge);
    await hosted.hear();
    expect(await requestOf(merge.iid)).toMatchObject({ approved: true });
  });
});

it('“Note Hook”: whoever writes makes us look, so that what we missed is found', async () => {
  const { merge } = await underReview('Note');
  hosted.world.approve('rev', merge);
  await hosted.world.settled();
  hosted.world.deliveries.all.splice(0);
  hosted.world.note('rev', merge, 'Well done.');
  expect(await hosted.hear()).toEqual(['Note Hook']);
  expect((await requestOf(merge.iid))?.reviews).toMatchObject([{ verdict: 'approve' }]);
});

it('“Pipeline Hook”: the checks of a head are shown, and none where none were', async () => {
  const { merge } = await underReview('Checks');
  expect((await requestOf(merge.iid))?.checks).toEqual([]);
  const facts = { sha: merge.headSha, name: 'build', description: null, targetUrl: null };
  hosted.world.setStatus({ ...facts, status: 'running' });
  expect(await hosted.hear()).toEqual(['Pipeline Hook']);
  expect((await requestOf(merge.iid))?.checks).toMatchObject([{ context: 'build', state: 'pending' }]);
  hosted.world.setStatus({ ...facts, status: 'failed' });
  await hosted.hear();
  expect((await requestOf(merge.iid))?.checks).toMatchObject([{ context: 'build', state: 'failure' }]);
});
