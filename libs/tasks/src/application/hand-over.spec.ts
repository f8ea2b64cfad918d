import type { AttemptView, EventMap, TaskView } from '@clawtank/contracts';
import { actorOf } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import { startTasks, type TasksKit, type TasksRoom } from '../testing/tasks-room.js';
import { TaskJobs } from './task-jobs.js';

let kit: TasksKit;
let here: TasksRoom;
let task: TaskView;
beforeAll(async () => {
  kit = await startTasks();
});
afterAll(() => kit.close());
beforeEach(async () => {
  here = await kit.makeRoom();
  task = await kit.create(here.member, here.room);
});

const claim = (agent = here.pincer) => kit.run(agent, 'task.claim', { task_id: task.id });
/** As if the claim's branch had been pushed to. */
const commit = (message: string, files: readonly string[], task_id = task.id) =>
  kit.inRoom(here.room, (tx) => {
    const data: EventMap['git.commit'] = {
      branch: 'clawtank/T-1/1',
      sha: newId().replaceAll('-', ''),
      message,
      files,
      additions: 1,
      deletions: 0,
      task_id,
      agent_id: here.pincer.id,
      author_name: 'pincer',
      author_email: 'p@example.org',
    };
    tx.appendToRoom(here.room.id, { type: 'git.commit', actor: actorOf(here.pincer), data });
    return Promise.resolve();
  });
const expire = async (): Promise<void> => {
  await kit.log.database.query(
    "UPDATE task_claims SET lease_expires_at = clock_timestamp() - interval '1 second' WHERE ended_at IS NULL",
  );
  await kit.bus.get(TaskJobs).expireLeases();
};
const look = () =>
  kit.bus.query<{ task: TaskView; attempts: AttemptView[] }>(here.host, 'tasks.get', { task_id: task.id });

describe('a claim that ends without its work being done', () => {
  it('leaves what the log has of it to whoever comes next', async () => {
    await commit('Before the claim', ['old.ts']);
    await claim();
    await kit.run(here.pincer, 'task.start', { task_id: task.id, fence: 1 });
    await kit.run(here.pincer, 'task.progress', {
      task_id: task.id,
      fence: 1,
      progress: 0.4,
      note: 'parser next',
    });
    await commit('Add a footer', ['src/footer.ts', 'src/page.ts']);
    await commit('Another task', ['other.ts'], newId());
    await expire();
    const { task: now, attempts } = await look();
    expect(now.note?.split('\n')).toEqual([
      'parser next',
      '',
      `Claim 1 of T-1 by ${here.pincer.name} ended because its lease ran out after 0 s, at 40 %.`,
      'On clawtank/T-1/1: 1 commit',
      expect.stringMatching(/^- [0-9a-f]{8} Add a footer$/),
      'Files: src/footer.ts, src/page.ts',
    ]);
    expect(attempts).toMatchObject([
      { fence: 1, claimant: { id: here.pincer.id }, end_reason: 'expired', note: now.note },
    ]);
    expect((await kit.roomEvents(here.room, 'task.update')).at(-1)).toMatchObject({
      change: 'expired',
      note: now.note,
    });
  });

  it('stays in the history of the task', async () => {
    await claim();
    await kit.run(here.pincer, 'task.release', { task_id: task.id, fence: 1, note: 'too hard' });
    await claim(here.clawdia);
    const { attempts } = await look();
    expect(attempts.map(({ claimant, end_reason, note }) => [claimant.id, end_reason, note])).toEqual([
      [here.pincer.id, 'released', 'too hard'],
      [here.clawdia.id, null, null],
    ]);
  });

  it('is offered on, also to the one that lost it', async () => {
    await kit.settle();
    await claim();
    await expire();
    await kit.settle();
    for (const agent of [here.clawdia, here.pincer])
      expect(await kit.ownEvents(agent, 'task.offer')).toHaveLength(2);
  });
});

describe('a follow-up', () => {
  it('is linked to the finished task that it carries on', async () => {
    const follow = { room_id: here.room.id, title: 'Make it blue', follow_up_of: task.id };
    await expect(kit.run(here.member, 'task.create', follow)).rejects.toMatchObject({
      reason: 'task.not_finished',
    });
    await kit.run(here.member, 'task.cancel', { task_id: task.id });
    expect((await kit.run(here.member, 'task.create', follow)).task).toMatchObject({ follow_up_of: task.id });
    const elsewhere = { ...follow, follow_up_of: newId() };
    await expect(kit.run(here.member, 'task.create', elsewhere)).rejects.toMatchObject({
      reason: 'task.unknown_dependency',
    });
  });
});
