import type { Held } from './git-room.js';
import { HostedRoom } from './hosted-room.js';

let hosted: HostedRoom;
beforeAll(async () => {
  hosted = await HostedRoom.open();
});
afterAll(() => hosted.close());

const status = (held: Held): Promise<string> => hosted.room.taskStatus(held.task);
const ada = () => hosted.peer.account('ada');
const rev = () => hosted.peer.account('rev');
const requests = async () => (await hosted.room.snapshot()).pull_requests;
const requestOf = async (number: number) => (await requests()).find((one) => one.number === number);
const actions = async (number: number) =>
  (await hosted.room.eventsOf('git.pull_request'))
    .filter((event) => event.number === number)
    .map(({ action }) => action);
let files = 0;
const file = (): Record<string, string> => ({ [`file-${(files += 1)}.ts`]: 'export {};\n' });
/** A task in work, pushed and with a pull request, of which we have heard. */
async function underReview(title: string) {
  const held = await hosted.room.work(hosted.room.pincer, title);
  await hosted.pushFor(held, file());
  const pull = await hosted.openFor(held);
  await hosted.hear();
  return { held, pull };
}

describe('a push', () => {
  it('is the work of whoever holds the branch', async () => {
    const held = await hosted.room.work(hosted.room.pincer, 'Roast');
    const sha = await hosted.pushFor(held, file());
    await hosted.hear();
    const commit = (await hosted.room.eventsOf('git.commit')).find((one) => one.sha === sha);
    expect(commit).toMatchObject({
      branch: held.branch,
      task_id: held.task.id,
      agent_id: hosted.room.pincer.id,
    });
  });

  it('by force is seen, with what is there now', async () => {
    const held = await hosted.room.work(hosted.room.pincer, 'Force');
    const first = await hosted.pushFor(held, file());
    await hosted.hear();
    const other = await hosted.world.push('elsewhere', file());
    await hosted.world.moveRef(`refs/heads/${held.branch}`, other);
    await hosted.hear();
    expect(await hosted.room.eventsOf('git.branch')).toContainEqual(
      expect.objectContaining({ branch: held.branch, action: 'forced', old_sha: first, sha: other }),
    );
  });

  it('with secrets in its words, and in those about it, is told without them', async () => {
    const secret = `ghp_${'aB3dE6gH9jK2'.repeat(3)}`;
    const held = await hosted.room.work(hosted.room.pincer, 'Careless');
    await hosted.pushFor(held, file());
    const pull = await hosted.openFor(held, `Use ${secret}`);
    await hosted.hear();
    hosted.world.review(rev(), pull, {
      state: 'CHANGES_REQUESTED',
      body: `Not ${secret.slice(0, 20)}\u200b${secret.slice(20)}`,
      comments: [],
    });
    await hosted.hear();
    expect(await requestOf(pull.number)).toMatchObject({ title: 'Use [removed: a GitHub token]' });
    const kept = JSON.stringify([await hosted.room.events(), await hosted.room.snapshot()]);
    expect(kept).toContain('[removed: the text held a GitHub token]');
    expect(kept).not.toContain(secret.slice(0, 20));
  });

  it('straight to main is told, and a merge is not', async () => {
    const sha = await hosted.world.push('main', file());
    await hosted.hear();
    await hosted.hear();
    expect(hosted.room.said.filter((text) => text.includes('past pull requests'))).toEqual([
      `${sha.slice(0, 10)} was pushed to main on GitHub past pull requests and their reviews.`,
    ]);
    const { pull } = await underReview('Merge is no push');
    await hosted.world.merge(rev(), pull, 'Merge');
    await hosted.hear();
    expect(hosted.room.said.filter((text) => text.includes('past pull requests'))).toHaveLength(1);
  });

  it('for a claim that has ended is told, and makes no pull request of ours', async () => {
    const held = await hosted.room.work(hosted.room.pincer, 'Stale');
    await hosted.room.run('task.release', hosted.room.pincer, { task_id: held.task.id, fence: held.fence });
    await hosted.room.claim(hosted.room.scuttle, held.task);
    await hosted.pushFor(held, file());
    const pull = await hosted.openFor(held);
    await hosted.hear();
    expect(hosted.room.said.filter((text) => text.includes(held.branch))).toEqual([
      expect.stringContaining('for a claim that has ended. It is not merged from here.'),
    ]);
    expect(await requestOf(pull.number)).toBeUndefined();
    expect(await status(held)).toBe('in_progress');
  });

  it('that conflicts with other work is predicted', async () => {
    const [one, two] = [
      await hosted.room.work(hosted.room.pincer, 'Left'),
      await hosted.room.work(hosted.room.scuttle, 'Right'),
    ];
    await hosted.pushFor(one, { 'same.txt': 'left\n' });
    await hosted.pushFor(two, { 'same.txt': 'right\n' });
    await hosted.hear();
    expect(await hosted.room.eventsOf('git.conflict')).toContainEqual(
      expect.objectContaining({ state: 'predicted', files: ['same.txt'] }),
    );
  });
});

describe('a pull request', () => {
  it('puts its task under review', async () => {
    const { held, pull } = await underReview('Open');
    expect(await status(held)).toBe('review');
    expect(await requestOf(pull.number)).toMatchObject({
      state: 'open',
      task_id: held.task.id,
      author: { id: hosted.room.pincer.id },
      mergeable: 'clean',
    });
  });

  it('that is merged there completes the task', async () => {
    const { held, pull } = await underReview('Merge');
    const merged = await hosted.world.merge(rev(), pull, 'Merge it');
    await hosted.hear();
    expect(await status(held)).toBe('complete');
    expect(await requestOf(pull.number)).toMatchObject({
      state: 'merged',
      merged_sha: 'sha' in merged && merged.sha,
    });
  });

  it('that is closed sends the task back, and reopened brings it again', async () => {
    const { held, pull } = await underReview('Close');
    hosted.world.setOpen(ada(), pull, false);
    await hosted.hear();
    expect(await status(held)).toBe('in_progress');
    hosted.world.setOpen(ada(), pull, true);
    await hosted.hear();
    expect(await status(held)).toBe('review');
    expect(await actions(pull.number)).toEqual(expect.arrayContaining(['opened', 'closed', 'opened']));
  });

  it('for which changes are wanted goes back to its agent', async () => {
    const { held, pull } = await underReview('Changes');
    hosted.world.review(rev(), pull, { state: 'CHANGES_REQUESTED', body: 'Colder.', comments: [] });
    await hosted.hear();
    expect(await status(held)).toBe('in_progress');
    expect((await requestOf(pull.number))?.reviews).toMatchObject([
      { verdict: 'request_changes', body: 'Colder.', reviewer: { kind: 'webhook', name: 'rev' } },
    ]);
  });

  it('that is approved there says so, and is approved here only by a member', async () => {
    const { held, pull } = await underReview('Approve');
    hosted.world.review(rev(), pull, { state: 'APPROVED', body: 'Fine.', comments: [] });
    await hosted.hear();
    expect(await requestOf(pull.number)).toMatchObject({
      approved: false,
      reviews: [{ verdict: 'approve' }],
    });
    expect(await status(held)).toBe('review');
  });

  it('has the checks that were reported, and none where none were', async () => {
    const { pull } = await underReview('Checks');
    expect((await requestOf(pull.number))?.checks).toEqual([]);
    hosted.world.checkRun(pull.headSha, 'build', null);
    await hosted.hear();
    expect((await requestOf(pull.number))?.checks).toMatchObject([{ context: 'build', state: 'pending' }]);
    hosted.world.checkRun(pull.headSha, 'build', 'failure');
    await hosted.hear();
    expect((await requestOf(pull.number))?.checks).toMatchObject([{ context: 'build', state: 'failure' }]);
  });

  it('that comes to conflict blocks its task', async () => {
    const held = await hosted.room.work(hosted.room.pincer, 'Conflict');
    await hosted.pushFor(held, { 'recipe.txt': 'hot\n' });
    const pull = await hosted.openFor(held);
    await hosted.hear();
    await hosted.world.push('main', { 'recipe.txt': 'cold\n' });
    await hosted.hear();
    expect(await status(held)).toBe('blocked');
    expect(await requestOf(pull.number)).toMatchObject({
      mergeable: 'conflict',
      conflict_files: ['recipe.txt'],
    });
  });
});

describe('what was heard twice, late or out of order', () => {
  it('comes to the same: merged before anybody heard that it was opened', async () => {
    const held = await hosted.room.work(hosted.room.pincer, 'Backwards');
    await hosted.pushFor(held, file());
    const pull = await hosted.openFor(held);
    await hosted.world.merge(rev(), pull, 'Merge it');
    await hosted.hear((sent) => [...sent].reverse());
    expect(await status(held)).toBe('complete');
    expect(await actions(pull.number)).toEqual(['opened', 'merged']);
  });

  it('comes to the same: what was said of a pull request before it was known whose work it is', async () => {
    const held = await hosted.room.work(hosted.room.pincer, 'Early word');
    const first = await hosted.world.push('side', file());
    await hosted.hear();
    await hosted.world.moveRef(`refs/heads/${held.branch}`, first);
    const pull = await hosted.openFor(held);
    hosted.world.review(rev(), pull, { state: 'CHANGES_REQUESTED', body: 'Colder.', comments: [] });
    await hosted.hear((sent) => sent.filter(({ event }) => event === 'push'));
    expect(await status(held)).toBe('in_progress');
    expect((await requestOf(pull.number))?.reviews).toMatchObject([{ verdict: 'request_changes' }]);
  });

  it('comes to the same: an old “opened” after it was merged', async () => {
    const held = await hosted.room.work(hosted.room.pincer, 'Replay');
    await hosted.pushFor(held, file());
    const pull = await hosted.openFor(held);
    await hosted.world.settled();
    const old = [...hosted.world.deliveries.all];
    await hosted.hear();
    await hosted.world.merge(rev(), pull, 'Merge it');
    await hosted.hear();
    const before = (await hosted.room.events()).length;
    // Under new ids, as somebody would who can sign but has nothing new to say.
    hosted.world.deliveries.all.push(...old.map((one) => ({ ...one, guid: `again-${one.guid}` })));
    await hosted.hear();
    expect((await hosted.room.events()).length).toBe(before);
    expect(await status(held)).toBe('complete');
  });

  it('has one effect, though fifty say so at once', async () => {
    const held = await hosted.room.work(hosted.room.pincer, 'Fifty');
    await hosted.pushFor(held, file());
    const pull = await hosted.openFor(held);
    await hosted.hear((sent) => Array.from({ length: 50 }, () => sent).flat());
    expect(await actions(pull.number)).toEqual(['opened', 'mergeability']);
  });
});

describe('the reconciler', () => {
  it('finds everything that a day without a word has brought', async () => {
    const { held: merged, pull: toMerge } = await underReview('Missed merge');
    const { held: closed, pull: toClose } = await underReview('Missed close');
    const opened = await hosted.room.work(hosted.room.scuttle, 'Missed opening');
    await hosted.world.merge(rev(), toMerge, 'Merge it');
    hosted.world.setOpen(ada(), toClose, false);
    await hosted.pushFor(opened, file());
    const pull = await hosted.openFor(opened);
    hosted.world.review(rev(), pull, { state: 'CHANGES_REQUESTED', body: 'Warmer.', comments: [] });
    hosted.world.checkRun(pull.headSha, 'build', 'success');
    // Beyond three tags GitHub says nothing at all.
    for (const tag of ['v1', 'v2', 'v3', 'v4', 'v5'])
      await hosted.world.moveRef(`refs/tags/${tag}`, pull.headSha);
    await hosted.miss();
    await hosted.reconcile.all();
    await hosted.room.settle();
    expect([await status(merged), await status(closed), await status(opened)]).toEqual([
      'complete',
      'in_progress',
      'in_progress',
    ]);
    expect(await requestOf(pull.number)).toMatchObject({ checks: [{ state: 'success' }] });
    expect((await hosted.room.eventsOf('git.tag')).map(({ tag }) => tag)).toEqual([
      'v1',
      'v2',
      'v3',
      'v4',
      'v5',
    ]);
    const before = (await hosted.room.events()).length;
    await hosted.reconcile.all();
    expect((await hosted.room.events()).length).toBe(before);
  });

  it('asks again for what could not be delivered, and says when the webhook is off or gone', async () => {
    hosted.world.deliveries.fate = () => 'fail';
    await hosted.world.push('quiet', file());
    await hosted.world.settled();
    const [failed] = hosted.world.deliveries.all;
    hosted.world.deliveries.fate = () => 'hold';
    await hosted.reconcile.all();
    expect(
      hosted.world.deliveries.all.filter(({ guid, redelivery }) => redelivery && guid === failed?.guid),
    ).toHaveLength(1);
    await hosted.miss();
    hosted.hook.active = false;
    await hosted.reconcile.all();
    await hosted.reconcile.all();
    hosted.hook.active = true;
    await hosted.reconcile.all();
    const gone = hosted.world.repository.hooks.splice(0);
    await hosted.reconcile.all();
    hosted.world.repository.hooks.push(...gone);
    expect(hosted.room.said.filter((text) => /webhook|tells us again/.test(text))).toEqual([
      expect.stringContaining('has switched our webhook off'),
      expect.stringContaining('tells us again'),
      expect.stringContaining('is gone from GitHub'),
    ]);
  });
});
