import { actorOf } from '@clawtank/commands';
import type { GitHost } from '../src/application/git-host.js';
import type { GitUser } from '../src/application/git-user.js';
import { JudgePush } from '../src/application/judge-push.js';
import { KeepRepositories } from '../src/application/keep-repositories.js';
import { LocalGitHost } from '../src/local/local-git-host.js';
import { Merging } from '../src/application/merging.js';
import { RecordRefs } from '../src/application/record-refs.js';
import { Unfinished } from '../src/application/unfinished.js';
import { attributed, signatureOf } from '../src/domain/author.js';
import { CLAWTANK, type CommitFiles } from '../src/domain/git-objects.js';
import { branchRef, ZERO_SHA } from '../src/domain/ref-names.js';
import { openIntent } from '../src/persistence/intents.js';
import { ADA } from '../src/testing/git-sandbox.js';
import { GitRoom, type Held } from './git-room.js';

/** Each test does by hand what a process had done when it was killed, and lets another one find it. */
describe('what a killed process leaves', () => {
  let room: GitRoom;
  let host: GitHost;
  let unfinished: Unfinished;
  let held: Held;
  let ref: string;
  let base: string;
  beforeAll(async () => {
    room = await GitRoom.open();
    host = room.bus.get(LocalGitHost);
    unfinished = room.bus.get(Unfinished);
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    await room.create();
    await room.gather();
    held = await room.work(room.pincer, 'Survive');
    ref = branchRef(held.branch);
    base = (await host.resolve(room.id, 'refs/heads/main')) ?? '';
  });

  const commitOf = (more: Partial<CommitFiles> = {}): CommitFiles => ({
    ref,
    expectedHead: base,
    changes: [{ path: 'a', content: '1\n' }],
    message: 'Work\n',
    author: ADA,
    committer: ADA,
    ...more,
  });
  const moveBranch = async (): Promise<string> => {
    await host.createBranch(room.id, ref, base);
    return host.commitFiles(room.id, commitOf());
  };
  const told = async () => [
    (await room.eventsOf('git.branch')).filter(({ branch }) => branch === held.branch).length,
    (await room.eventsOf('git.commit')).length,
    (await room.eventsOf('git.pull_request')).filter(({ action }) => action === 'merged').length,
  ];
  const everyoneLooks = async () => {
    const refs = room.bus.get(RecordRefs);
    await Promise.all([...Array(4).keys()].map(() => refs.run(room.id)));
    await Promise.all([
      unfinished.finishStale(0),
      unfinished.finishStale(0),
      room.bus.get(KeepRepositories).compareAll(),
    ]);
  };

  it("a push whose refs moved and whose events were not written: written once, as the pusher's", async () => {
    const { pincer } = room;
    const claimant = { kind: 'agent' as const, id: pincer.id, name: pincer.name, userId: pincer.userId };
    const claim = {
      taskId: held.task.id,
      key: held.task.key,
      fence: held.fence,
      branch: held.branch,
      claimant,
      current: true,
    };
    const user: GitUser = { kind: 'claim', roomId: room.id, actor: actorOf(pincer), claim };
    const sha = await moveBranch();
    const update = { ref, old: ZERO_SHA, new: sha, forced: false, deletes: false, isTag: false };
    const verdicts = await room.bus.get(JudgePush).run(user, 'push-1', [update]);
    expect(verdicts).toEqual([{ allowed: true }]);
    await everyoneLooks();
    await everyoneLooks();
    expect(await told()).toEqual([1, 1, 0]);
    const [event] = (await room.events()).filter(({ type }) => type === 'git.commit');
    expect(event).toMatchObject({
      actor: { kind: 'agent', id: pincer.id },
      data: { sha, task_id: held.task.id, agent_id: pincer.id },
    });
    const open = await room.log.database.query("SELECT 1 FROM git_intents WHERE state = 'open'");
    expect(open).toEqual([]);
  });

  it("a ref that moved without anybody saying so: written once, as the system's, for the branch's task", async () => {
    await moveBranch();
    await everyoneLooks();
    expect(await told()).toEqual([1, 1, 0]);
    const [event] = (await room.events()).filter(({ type }) => type === 'git.commit');
    expect(event).toMatchObject({
      actor: { kind: 'system' },
      data: { task_id: held.task.id, agent_id: null },
    });
  });

  it.each([
    ['was announced and not made', false],
    ['was made and not recorded', true],
  ])('a merge that %s: finished once', async (_name, made) => {
    await moveBranch();
    const number = await room.openPullRequest(held);
    await room.run('git.review', room.ada, { room_id: room.id, number, verdict: 'approve' });
    const intent = await room.log.work.run(async (tx) => {
      await tx.lockRoom(room.id);
      return room.bus.get(Merging).begin(tx, room.id, number, actorOf(room.ada));
    });
    if (made) {
      await host.merge(room.id, {
        intoRef: 'refs/heads/main',
        head: intent.payload.head,
        message: intent.payload.message,
        author: signatureOf(actorOf(room.ada), intent.createdAt),
        committer: { ...CLAWTANK, at: intent.createdAt },
      });
    }
    await everyoneLooks();
    await everyoneLooks();
    expect(await told()).toEqual([1, 2, 1]);
    expect(await room.taskStatus(held.task)).toBe('complete');
    const merged = (await room.events()).filter(({ type }) => type === 'git.commit').at(-1);
    expect(merged).toMatchObject({ actor: { id: room.ada.id }, data: { branch: 'main' } });
    expect(await host.resolve(room.id, 'refs/heads/main')).toBe(
      (await room.snapshot()).room.repository.head_sha,
    );
  });

  it('a commit that was made and not answered: the retry gets that very commit', async () => {
    const { pincer } = room;
    const command_id = '018f2f6e-7b1c-7000-8000-00000000000a';
    const actor = actorOf(pincer);
    const payload = { actor, taskId: held.task.id, fence: held.fence, ref, parent: base };
    const { intent } = await room.log.work.run((tx) =>
      openIntent(tx, { roomId: room.id, kind: 'commit', subject: `${pincer.id}:${command_id}`, payload }),
    );
    await host.createBranch(room.id, ref, base);
    const sha = await host.commitFiles(
      room.id,
      commitOf({
        message: attributed('Work', held.task.key, actor),
        author: signatureOf(actor, intent.createdAt),
        committer: { ...CLAWTANK, at: intent.createdAt },
      }),
    );
    const input = {
      room_id: room.id,
      task_id: held.task.id,
      fence: held.fence,
      branch: held.branch,
      message: 'Work',
      changes: [{ path: 'a', content: '1\n' }],
    };
    const reply = await room.run<{ sha: string }>('git.commit', pincer, { ...input, command_id });
    expect(reply.sha).toBe(sha);
    expect(await room.run('git.commit', pincer, { ...input, command_id })).toEqual(reply);
    await everyoneLooks();
    expect(await told()).toEqual([1, 1, 0]);
    expect((await room.eventsOf('git.commit'))[0]).toMatchObject({ sha, agent_id: pincer.id });
  });
});
