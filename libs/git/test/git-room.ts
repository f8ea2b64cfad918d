import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { Global, Module, type Type } from '@nestjs/common';
import { AccessTokens, AuthConfig, AuthModule, authMigrations } from '@clawtank/auth';
import { anAgent, aUser } from '@clawtank/auth/testing';
import { type Caller, commandsMigration } from '@clawtank/commands';
import { startTestBus, type TestBus } from '@clawtank/commands/testing';
import { ConfigModule } from '@clawtank/config';
import type { EventMap, EventType, GitCredential, RoomSnapshot, TaskView } from '@clawtank/contracts';
import { isEvent, type StoredEvent } from '@clawtank/events';
import { createTestLog, type TestLog } from '@clawtank/events/testing';
import {
  ClaimClock,
  ImportGate,
  RepositoryContext,
  RoomFinisher,
  RoomsConfig,
  RoomsModule,
  roomsMigrations,
  SnapshotProjector,
  SystemLine,
} from '@clawtank/rooms';
import { TaskClaimClock, TasksModule, tasksMigrations } from '@clawtank/tasks';
import { GitEvents } from '../src/application/git-events.js';
import { GitSweep } from '../src/application/git-sweep.js';
import { GitRoomFinisher } from '../src/application/finish-room.js';
import { GitImportGate, GitRepositoryContext } from '../src/application/room-parts.js';
import { connectionsMigration } from '../src/persistence/connections.js';
import { hookWorkMigration } from '../src/persistence/hooks.js';
import { hostConnectionsMigration } from '../src/persistence/host-connections.js';
import { HostsConfig } from '../src/hosts.config.js';
import { GitConfig } from '../src/git.config.js';
import { GitModule } from '../src/git.module.js';
import {
  gitCollisionsMigration,
  gitMigration,
  hostedPullsMigration,
  mergeQueueMigration,
  refusalsMigration,
} from '../src/persistence/migrations.js';
import { webhookInboxMigration, webhookWorkMigration } from '../src/persistence/webhook-inbox.js';
import { GitHttp } from '../src/smart-http/git-http.js';
import { GitSandbox, type WorkTree } from '../src/testing/git-sandbox.js';

/** Chat and spectators are other libs' tests. */
class NoChat extends SystemLine {
  readonly texts: string[] = [];
  override say(_tx: unknown, _roomId: string, text: string): Promise<void> {
    this.texts.push(text);
    return Promise.resolve();
  }
}
class NoSpectators extends SnapshotProjector {
  override toSpectator(): never {
    throw new Error('no test of git looks as a spectator');
  }
}

@Global()
@Module({
  imports: [TasksModule, GitModule],
  providers: [
    NoChat,
    { provide: SystemLine, useExisting: NoChat },
    { provide: SnapshotProjector, useClass: NoSpectators },
    { provide: ClaimClock, useExisting: TaskClaimClock },
    { provide: ImportGate, useExisting: GitImportGate },
    { provide: RepositoryContext, useExisting: GitRepositoryContext },
    { provide: RoomFinisher, useExisting: GitRoomFinisher },
  ],
  exports: [SystemLine, SnapshotProjector, ClaimClock, ImportGate, RepositoryContext, RoomFinisher],
})
class Ports {}

const MIGRATIONS = [
  commandsMigration,
  ...authMigrations,
  ...roomsMigrations,
  ...tasksMigrations,
  gitMigration,
  gitCollisionsMigration,
  mergeQueueMigration,
  refusalsMigration,
  hostConnectionsMigration,
  webhookInboxMigration,
  webhookWorkMigration,
  hostedPullsMigration,
  hookWorkMigration,
  connectionsMigration,
];

function modulesOn(gitRoot: string, settings: Readonly<Record<string, string>>): Type[] {
  @Global()
  @Module({
    imports: [
      ConfigModule.forRoot([AuthConfig, RoomsConfig, GitConfig, HostsConfig], {
        GIT_ROOT: gitRoot,
        ...settings,
      }),
    ],
  })
  class Config {}
  return [Config, AuthModule, RoomsModule, TasksModule, GitModule, Ports];
}

export interface Held {
  readonly task: TaskView;
  readonly fence: number;
  readonly branch: string;
  readonly base_branch: string;
  readonly git_credential: GitCredential;
  readonly agent: Caller;
}

/** A room on the built-in host with two people and their agents, and a real HTTP server in front of git. */
export class GitRoom {
  readonly ada: Caller;
  readonly ben: Caller;
  readonly pincer: Caller;
  readonly scuttle: Caller;
  id = '';
  slug = '';
  private readonly server: Server;

  private constructor(
    readonly log: TestLog,
    readonly bus: TestBus,
    readonly sandbox: GitSandbox,
    callers: Readonly<Record<'ada' | 'ben' | 'pincer' | 'scuttle', Caller>>,
  ) {
    this.ada = callers.ada;
    this.ben = callers.ben;
    this.pincer = callers.pincer;
    this.scuttle = callers.scuttle;
    const http = bus.get(GitHttp);
    this.server = createServer((req, res) => void http.handle(req, res, '127.0.0.1'));
  }

  static async open(settings: Readonly<Record<string, string>> = {}): Promise<GitRoom> {
    const log = await createTestLog(MIGRATIONS);
    const sandbox = await GitSandbox.make();
    const bus = await startTestBus(log, modulesOn(join(sandbox.root, 'git root'), settings));
    const callers = await log.work.run(async (tx) => {
      const [ada, ben] = [await aUser(tx, { name: 'ada' }), await aUser(tx, { name: 'ben' })];
      const pincer = await anAgent(tx, ada, { name: 'pincer' });
      return { ada, ben, pincer, scuttle: await anAgent(tx, ben, { name: 'scuttle' }) };
    });
    const room = new GitRoom(log, bus, sandbox, callers);
    room.server.listen(0, '127.0.0.1');
    await once(room.server, 'listening');
    await log.runner.start([bus.get(GitEvents)]);
    return room;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await this.log.runner.onApplicationShutdown();
    await this.bus.close();
    await this.log.drop();
    await this.sandbox.remove();
  }

  /** What the system would have said in the chat. */
  get said(): readonly string[] {
    return this.bus.get(NoChat).texts;
  }

  /** Somebody who is in no room. */
  stranger(name: string): Promise<Caller> {
    return this.log.work.run((tx) => aUser(tx, { name }));
  }

  run<T extends object = object>(name: string, caller: Caller, input: object): Promise<T> {
    return this.bus.command<T>(caller, name, input);
  }

  ask<T = object>(name: string, caller: Caller, input: object): Promise<T> {
    return this.bus.query<T>(caller, name, input);
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Makes a new room and lets its set-up run; everything else then speaks of this one. */
  async create(input: object = {}): Promise<{ git_credential?: GitCredential }> {
    const settings = { review: 'anyone' };
    const wanted = { name: 'Tank', visibility: 'private', repository: { host: 'local' }, settings, ...input };
    const reply = await this.run<{
      room: { id: string; slug: string };
      git_credential?: GitCredential;
    }>('room.create', this.ada, wanted);
    this.id = reply.room.id;
    this.slug = reply.room.slug;
    await this.settle();
    return reply;
  }

  /** Both people and both agents are in, so that the room collaborates. */
  async gather(): Promise<void> {
    await this.run('member.add', this.ada, {
      room_id: this.id,
      user_id: this.ben.id,
      role: 'member',
    });
    for (const agent of [this.pincer, this.scuttle]) {
      const traits = { model: 'scripted', capabilities: [], max_concurrent_tasks: 10 };
      await this.run('agent.register', agent, { room_id: this.id, ...traits });
      await this.run('agent.status', agent, { room_id: this.id, status: 'ready' });
    }
  }

  /** Consumers and what they set going have done all they can. */
  async settle(): Promise<void> {
    await this.log.runner.drain();
    await this.bus.get(GitSweep).run();
    await this.log.runner.drain();
  }

  async task(title: string): Promise<TaskView> {
    return (await this.run<{ task: TaskView }>('task.create', this.ada, { room_id: this.id, title })).task;
  }

  async claim(agent: Caller, task: TaskView): Promise<Held> {
    const held = await this.run<Held>('task.claim', agent, { task_id: task.id });
    await this.run('task.start', agent, { task_id: task.id, fence: held.fence });
    return { ...held, agent };
  }

  /** A new task, claimed and started. */
  async work(agent: Caller, title: string): Promise<Held> {
    return this.claim(agent, await this.task(title));
  }

  url({ username, password }: Pick<GitCredential, 'username' | 'password'>): string {
    const user = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`;
    return `http://${user}@127.0.0.1:${String(this.port)}/git/${this.slug}.git`;
  }

  /** A clone with the claim's credential, on its branch. */
  async clone(held: Held): Promise<WorkTree> {
    const work = await this.sandbox.clone(this.url(held.git_credential));
    await work.must('switch', '--quiet', '--create', held.branch, `origin/${held.base_branch}`);
    return work;
  }

  /** Clones, commits and pushes in one go. @returns the clone */
  async push(held: Held, files: Readonly<Record<string, string | null>>): Promise<WorkTree> {
    const work = await this.clone(held);
    await work.commit(files, `Work on ${held.task.key}`);
    await work.must('push', '--quiet', 'origin', 'HEAD');
    return work;
  }

  async openPullRequest(held: Held): Promise<number> {
    const input = { room_id: this.id, task_id: held.task.id, fence: held.fence, title: held.task.title };
    return (await this.run<{ number: number }>('git.pull_request', held.agent, input)).number;
  }

  async approveAndMerge(number: number, by = this.ada): Promise<string> {
    const ref = { room_id: this.id, number };
    await this.run('git.review', by, { ...ref, verdict: 'approve' });
    return (await this.run<{ sha: string }>('git.merge', by, ref)).sha;
  }

  async token(caller: Caller): Promise<string> {
    const tokens = this.bus.get(AccessTokens);
    return (await tokens.sign({ sub: caller.id, kind: 'human' })).access_token;
  }

  /** Everything in the room's stream. */
  async events(): Promise<readonly StoredEvent[]> {
    const stretch = await this.log.reader.read(`room:${this.id}`, 0);
    if ('resync' in stretch) throw new Error('the log can not be read');
    return stretch.events;
  }

  /** The data of the events of a type, in order. */
  async eventsOf<K extends EventType>(type: K): Promise<readonly EventMap[K][]> {
    return (await this.events()).flatMap((event) => (isEvent(event, type) ? [event.data] : []));
  }

  async snapshot(): Promise<RoomSnapshot> {
    return this.ask<RoomSnapshot>('rooms.get', this.ada, { room_id: this.id });
  }

  async taskStatus(task: TaskView): Promise<string> {
    return (await this.ask<{ task: TaskView }>('tasks.get', this.ada, { task_id: task.id })).task.status;
  }
}
