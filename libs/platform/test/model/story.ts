import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Caller } from '@clawtank/commands';
import type {
  Frame,
  GitCredential,
  MemberEvent,
  RoomSnapshot,
  SpectatorEvent,
  SpectatorSnapshot,
  TaskView,
} from '@clawtank/contracts';
import { GitHttp, GitSweep } from '@clawtank/git';
import { Failure } from '@clawtank/kernel';
import { createTestPlatform, type TestPlatform } from '../../src/testing.js';

/** A room as both audiences saw it at the same number. */
export interface Moment {
  readonly after: string;
  readonly member: RoomSnapshot;
  readonly stranger: SpectatorSnapshot;
}

interface Claimed {
  readonly task: TaskView;
  readonly fence: number;
  readonly branch: string;
  readonly git_credential: GitCredential;
}

/** A public room in which everything happens that can happen in one, with a look at it after each step. */
export class Story {
  readonly moments: Moment[] = [];
  /** As they were told at the time, before anything in them was redacted. */
  readonly told = { members: [] as MemberEvent[], strangers: [] as SpectatorEvent[] };

  private constructor(
    readonly platform: TestPlatform,
    private readonly roomId: string,
    private readonly mira: Caller,
    private readonly jonas: Caller,
    private readonly pincer: Caller,
    private readonly molt: Caller,
  ) {}

  static async begin(): Promise<Story> {
    const platform = await createTestPlatform();
    const [mira, jonas] = [await platform.aUser('mira'), await platform.aUser('jonas')];
    const [pincer, molt] = [await platform.anAgent(mira, 'pincer'), await platform.anAgent(jonas, 'molt')];
    const { room } = await platform.run<{ room: { id: string } }>('room.create', mira, {
      name: 'Everything',
      visibility: 'public',
      settings: { merge_queue: false, autonomy: 'high' },
    });
    return new Story(platform, room.id, mira, jonas, pincer, molt);
  }

  async tell(): Promise<void> {
    await this.step('beginning', async () => undefined);
    await this.people();
    await this.agents();
    await this.chat();
    await this.tasks();
    await this.approvals();
    await this.git();
    await this.conflict();
    await this.end();
  }

  close(): Promise<void> {
    return this.platform.close();
  }

  /** The log from the first event on, as it reads now. */
  memberEvents(): Promise<MemberEvent[]> {
    return this.replay<MemberEvent>(this.mira, 0);
  }

  strangerEvents(): Promise<SpectatorEvent[]> {
    return this.replay<SpectatorEvent>(null, 0);
  }

  private async replay<E>(caller: Caller | null, from: number): Promise<E[]> {
    const events: E[] = [];
    for (let after = from; ; ) {
      const input = { room_id: this.roomId, after, limit: 100 };
      const frame = await this.platform.ask<Frame<E>>('rooms.events', caller, input);
      if (frame.to < frame.from) return events;
      if (frame.from !== after + 1) throw new Error(`a hole before ${String(frame.from)}`);
      events.push(...frame.events);
      after = frame.to;
    }
  }

  private run<T = Record<string, string>>(name: string, who: Caller, input: object = {}): Promise<T> {
    return this.platform.run<T>(name, who, input);
  }

  private here<T = Record<string, string>>(name: string, who: Caller, input: object = {}): Promise<T> {
    return this.run<T>(name, who, { room_id: this.roomId, ...input });
  }

  private async step(after: string, act: () => Promise<unknown>): Promise<void> {
    await act();
    await this.platform.app.get(GitSweep, { strict: false }).run();
    await this.platform.settle();
    const room = { room_id: this.roomId };
    const cursor = this.moments.at(-1)?.member.cursor ?? 0;
    this.told.members.push(...(await this.replay<MemberEvent>(this.mira, cursor)));
    this.told.strangers.push(...(await this.replay<SpectatorEvent>(null, cursor)));
    this.moments.push({
      after,
      member: await this.platform.ask<RoomSnapshot>('rooms.get', this.mira, room),
      stranger: await this.platform.ask<SpectatorSnapshot>('rooms.get', null, room),
    });
  }

  private async aTask(title: string, more: object = {}): Promise<TaskView> {
    return (await this.here<{ task: TaskView }>('task.create', this.mira, { title, ...more })).task;
  }

  private async work(agent: Caller, task: TaskView, path: string, content: string): Promise<Claimed> {
    const claimed = await this.run<Claimed>('task.claim', agent, { task_id: task.id, paths: [path] });
    await this.run('task.start', agent, { task_id: task.id, fence: claimed.fence });
    await this.commit(agent, claimed, path, content);
    return claimed;
  }

  private commit(agent: Caller, { task, fence, branch }: Claimed, path: string, content: string) {
    const changes = [{ path, content }];
    return this.here('git.commit', agent, { task_id: task.id, fence, branch, message: task.title, changes });
  }

  private async open(agent: Caller, { task, fence }: Claimed): Promise<number> {
    const input = { task_id: task.id, fence, title: task.title };
    return (await this.here<{ number: number }>('git.pull_request', agent, input)).number;
  }

  private async people(): Promise<void> {
    const { mira, jonas } = this;
    const about = { user_id: jonas.id };
    await this.step('a member', () => this.here('member.add', mira, { ...about, role: 'member' }));
    await this.step('a decision', () => this.here('decision.add', mira, { text: 'Tabs' }));
    await this.step('a name', () => this.here('room.update', mira, { name: 'All', description: 'of it' }));
    await this.step('a setting', () => this.here('room.update', mira, { settings: { max_agents: 7 } }));
    await this.step('a hold', () => this.here('room.hold', mira, { hold: true }));
    await this.step('no hold', () => this.here('room.hold', mira, { hold: false }));
    await this.step('another host', () => this.here('room.transfer', mira, about));
    await this.step('the host again', () => this.here('room.transfer', jonas, { user_id: mira.id }));
  }

  private async agents(): Promise<void> {
    const { mira, pincer, molt } = this;
    for (const agent of [pincer, molt]) {
      const traits = {
        model: 'scripted',
        capabilities: ['edit'],
        languages: ['go'],
        max_concurrent_tasks: 3,
      };
      await this.step('registered', () => this.here('agent.register', agent, traits));
      await this.step('ready', () => this.here('agent.status', agent, { status: 'ready' }));
    }
    const about = { agent_id: pincer.id };
    const status = { status: 'thinking', detail: 'hard', progress: 0.5, capabilities: ['review'] };
    await this.step('a status', () => this.here('agent.status', pincer, status));
    await this.step('a pause', () => this.here('agent.pause', mira, about));
    await this.step('no pause', () => this.here('agent.resume', mira, about));
    await this.step('redirected', () => this.here('agent.redirect', mira, { ...about, instruction: 'Left' }));
  }

  private async chat(): Promise<void> {
    const { mira, jonas } = this;
    const ids: string[] = [];
    const say = async (text: string, who: Caller, reply_to?: string): Promise<void> => {
      ids.push(
        (await this.here('chat.send', who, { text, ...(reply_to ? { reply_to } : {}) })).message_id ?? '',
      );
    };
    await this.step('said', () => say('Good morning @jonas', mira));
    await this.step('answered', () => say('Good morning', jonas, ids[0]));
    await this.step('edited', () =>
      this.here('chat.edit', mira, { message_id: ids[0], text: 'Good evening' }),
    );
    const heart = { message_id: ids[1], emoji: '👍' };
    await this.step('liked', () => this.here('chat.react', mira, heart));
    await this.step('liked twice', () => this.here('chat.react', jonas, heart));
    await this.step('not liked', () => this.here('chat.react', mira, { ...heart, remove: true }));
    await this.step('deleted', () => this.here('chat.delete', jonas, { message_id: ids[1] }));
    const suggestion = async (text: string): Promise<string> => {
      await say(text, jonas);
      return this.moments.at(-1)?.member.suggestions[0]?.id ?? '';
    };
    await this.step('asked for', () => suggestion('Please add a --json flag to the list command.'));
    const [first] = this.moments.at(-1)?.member.suggestions ?? [];
    await this.step('accepted', () => this.here('task.accept', mira, { suggestion_id: first?.id }));
    await this.step('asked again', () => suggestion('Please fix the broken footer of the start page.'));
    const [second] = this.moments.at(-1)?.member.suggestions ?? [];
    await this.step('dismissed', () => this.here('task.dismiss', mira, { suggestion_id: second?.id }));
  }

  private async tasks(): Promise<void> {
    const { mira, jonas, pincer } = this;
    let first: TaskView | undefined;
    let second: TaskView | undefined;
    await this.step('a task', async () => (first = await this.aTask('First', { paths: ['a/**'] })));
    await this.step(
      'one that waits',
      async () => (second = await this.aTask('Second', { depends_on: [first?.id] })),
    );
    const one = { task_id: first?.id ?? '' };
    await this.step('edited', () =>
      this.run('task.edit', mira, { ...one, title: 'The first', priority: 'high', languages: ['go'] }),
    );
    await this.step('declined', () => this.run('task.decline', this.molt, { ...one, reason: 'Not mine' }));
    let fence = 0;
    const claim = async (): Promise<void> => {
      fence = (await this.run<Claimed>('task.claim', pincer, one)).fence;
    };
    const fenced = (more: object = {}): object => ({ ...one, fence, ...more });
    await this.step('claimed', claim);
    await this.step('released', () => this.run('task.release', pincer, fenced({ note: 'Later' })));
    await this.step('claimed again', claim);
    await this.step('started', () => this.run('task.start', pincer, fenced()));
    await this.step('progress', () =>
      this.run('task.progress', pincer, fenced({ progress: 0.4, note: 'Half' })),
    );
    let question = '';
    await this.step('a question', async () => {
      const asked = { task_id: one.task_id, text: 'Red?', options: ['yes', 'no'] };
      question = (await this.here('agent.ask', pincer, asked)).question_id ?? '';
    });
    await this.step('an answer', () =>
      this.run('agent.answer', mira, { question_id: question, answer: 'no' }),
    );
    await this.step('blocked', () => this.run('task.block', mira, { ...one, reason: 'Wait' }));
    await this.step('unblocked', () => this.run('task.unblock', mira, one));
    await this.step('submitted', () => this.run('task.submit', pincer, fenced({ summary: 'Done' })));
    await this.step('changes', () =>
      this.run('task.review', jonas, { ...one, verdict: 'request_changes', comment: 'More' }),
    );
    await this.step('submitted again', () => this.run('task.submit', pincer, fenced()));
    await this.step('approved', () => this.run('task.review', jonas, { ...one, verdict: 'approve' }));
    await this.step('complete', () => this.run('task.complete', jonas, one));
    await this.step('assigned', () =>
      this.run('task.assign', mira, { task_id: second?.id, assignee_id: this.molt.id }),
    );
    await this.step('cancelled', () => this.run('task.cancel', mira, { task_id: second?.id }));
  }

  private async approvals(): Promise<void> {
    const { mira, pincer } = this;
    const about = { agent_id: pincer.id };
    await this.step('asks first', () => this.here('agent.set_autonomy', mira, { ...about, autonomy: 'low' }));
    for (const verdict of ['granted', 'refused'] as const) {
      const task = await this.aTask(`To be ${verdict}`);
      await this.step('asked', () =>
        this.run('task.claim', pincer, { task_id: task.id }).catch((error: unknown) => {
          if (!(error instanceof Failure) || error.reason !== 'approval.needed') throw error;
        }),
      );
      const [approval] = this.moments.at(-1)?.member.approvals ?? [];
      const decided = { approval_id: approval?.approval_id, verdict };
      await this.step(verdict, () => this.run('approval.resolve', mira, decided));
    }
    const budget = { scope: 'room', period: 'day', tasks: 100 };
    await this.step('a budget', () => this.here('budget.set', mira, budget));
    await this.step('trusted', () => this.here('agent.set_autonomy', mira, { ...about, autonomy: 'high' }));
  }

  private async git(): Promise<void> {
    const { jonas, pincer } = this;
    const task = await this.aTask('Greet', { size: 'large' });
    let claimed: Claimed | undefined;
    let number = 0;
    await this.step('work', async () => (claimed = await this.work(pincer, task, 'hello.txt', 'hello\n')));
    await this.step('a pull request', async () => (number = await this.open(pincer, claimed as Claimed)));
    const sha = this.moments.at(-1)?.member.pull_requests[0]?.head_sha;
    await this.step('a check', () => this.here('git.check', jonas, { sha, context: 'ci', state: 'success' }));
    await this.step('a review', () => this.here('git.review', jonas, { number, verdict: 'request_changes' }));
    await this.step('an update', () => this.commit(pincer, claimed as Claimed, 'hello.txt', 'hello, you\n'));
    await this.step('submitted', () =>
      this.run('task.submit', pincer, { task_id: task.id, fence: claimed?.fence, summary: 'Greets' }),
    );
    await this.step('approved', () => this.here('git.review', jonas, { number, verdict: 'approve' }));
    await this.step('merged', () => this.here('git.merge', jonas, { number }));
  }

  private async conflict(): Promise<void> {
    const { mira, jonas, pincer, molt } = this;
    const [calm, quick] = [await this.aTask('Calm'), await this.aTask('Quick')];
    let first: Claimed | undefined;
    let second: Claimed | undefined;
    await this.step('one way', async () => (first = await this.work(pincer, calm, 'hello.txt', 'calm\n')));
    await this.step('leases let go', () =>
      this.here('room.update', mira, { settings: { lease_policy: 'warn' } }),
    );
    await this.step(
      'another way',
      async () => (second = await this.work(molt, quick, 'hello.txt', 'quick\n')),
    );
    let numbers: number[] = [];
    await this.step('both opened', async () => {
      numbers = [await this.open(pincer, first as Claimed), await this.open(molt, second as Claimed)];
    });
    for (const [number, who] of [
      [numbers[0], jonas],
      [numbers[1], mira],
    ] as const) {
      await this.step('approved', () => this.here('git.review', who, { number, verdict: 'approve' }));
    }
    await this.step('the first merged', () => this.here('git.merge', jonas, { number: numbers[0] }));
    await this.step('they agree', () => this.commit(molt, second as Claimed, 'hello.txt', 'calm\n'));
    await this.step('closed', () => this.here('git.close', mira, { number: numbers[1] }));
    await this.step('given back', () =>
      this.run('task.release', molt, { task_id: quick.id, fence: second?.fence }),
    );
    await this.step('a push after that', () => this.knockAtGit(second as Claimed));
  }

  /** Says what a git client says before it pushes. */
  private async knockAtGit({ git_credential: { url, username, password } }: Claimed): Promise<void> {
    const git = this.platform.app.get(GitHttp, { strict: false });
    const server = createServer((req, res) => void git.handle(req, res, '127.0.0.1'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const from = `http://127.0.0.1:${String(port)}${url}/info/refs?service=git-receive-pack`;
    await (await fetch(from, { headers: { authorization } })).text();
    server.closeAllConnections();
    server.close();
  }

  private async end(): Promise<void> {
    const { mira, jonas, pincer, molt } = this;
    await this.step('the rest cancelled', async () => {
      for (const { id, status } of this.moments.at(-1)?.member.tasks ?? []) {
        if (status !== 'complete' && status !== 'cancelled')
          await this.run('task.cancel', mira, { task_id: id });
      }
    });
    const [last] = [await this.aTask('Last')];
    await this.step('the last one', async () => {
      const { fence } = await this.run<Claimed>('task.claim', jonas, { task_id: last.id });
      await this.run('task.start', jonas, { task_id: last.id, fence });
      await this.run('task.submit', jonas, { task_id: last.id, fence });
      await this.run('task.review', mira, { task_id: last.id, verdict: 'approve' });
      await this.run('task.complete', mira, { task_id: last.id });
    });
    await this.step('disconnected', () => this.here('agent.disconnect', mira, { agent_id: pincer.id }));
    await this.step('unregistered', () => this.here('agent.unregister', jonas, { agent_id: molt.id }));
    await this.step('removed', () => this.here('member.remove', mira, { user_id: jonas.id }));
    await this.step('active again', async () => {
      await this.here('agent.register', pincer, { model: 'scripted', capabilities: [] });
      await this.here('agent.status', pincer, { status: 'ready' });
    });
    await this.step('completed', () => this.here('room.complete', mira, { confirm: true }));
  }
}
