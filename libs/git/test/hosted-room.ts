import type { Database } from '@clawtank/database';
import { HandleDeliveries } from '../src/application/handle-deliveries.js';
import { Reconcile } from '../src/application/reconcile.js';
import { keepDeliveries } from '../src/persistence/webhook-inbox.js';
import type { PeerDelivery, PeerHook } from '../src/testing/peers/deliveries.js';
import type { GithubPeer } from '../src/testing/peers/github/github-peer.js';
import type { PeerPull } from '../src/testing/peers/github/model.js';
import { startGithubPeer } from '../src/testing/peers/github/start.js';
import type { GithubWorld } from '../src/testing/peers/github/world.js';
import { GitRoom, type Held } from './git-room.js';

const FULL_NAME = 'acme/shop';

/** A room whose repository is on a GitHub-shaped peer. What happens there is done by people, outside of ClawTank. */
export class HostedRoom {
  private hookId = '';

  private constructor(
    readonly room: GitRoom,
    readonly peer: GithubPeer,
    readonly world: GithubWorld,
  ) {}

  static async open(): Promise<HostedRoom> {
    const peer = await startGithubPeer();
    const room = await GitRoom.open({ GITHUB_URL: peer.url, GITHUB_API_URL: peer.apiUrl });
    const world = await peer.create(FULL_NAME);
    await world.push('main', { 'README.md': 'Coffee.\n' });
    const token = peer.access.personalToken(peer.account('ada'));
    await room.create({ repository: { host: 'github', full_name: FULL_NAME, token } });
    await room.gather();
    const hosted = new HostedRoom(room, peer, world);
    await hosted.connect(room.log.database);
    return hosted;
  }

  async close(): Promise<void> {
    await this.room.close();
    await this.peer.stop();
  }

  get reconcile(): Reconcile {
    return this.room.bus.get(Reconcile);
  }

  get hook(): PeerHook {
    const [hook] = this.world.repository.hooks;
    if (!hook) throw new Error('the peer has no hook');
    return hook;
  }

  /** Puts into the inbox what the peer has sent since the last time, as the receiver would. */
  async receive(
    order: (sent: readonly PeerDelivery[]) => readonly PeerDelivery[] = (sent) => sent,
  ): Promise<void> {
    await this.world.settled();
    const sent = this.world.deliveries.all.splice(0);
    for (const { guid, event, body } of order(sent)) {
      const delivery = { provider: 'github', hookId: this.hookId, deliveryId: guid, event } as const;
      await keepDeliveries(this.room.log.database, [
        { ...delivery, proof: 'signature', body: Buffer.from(body) },
      ]);
    }
  }

  /** All that has happened there is received and handled. */
  async hear(order?: (sent: readonly PeerDelivery[]) => readonly PeerDelivery[]): Promise<void> {
    await this.receive(order);
    await this.room.bus.get(HandleDeliveries).run();
    await this.room.settle();
  }

  /** Nothing of what has happened there is ever heard of. */
  async miss(): Promise<void> {
    await this.world.settled();
    this.world.deliveries.all.splice(0);
  }

  /** The holder of a claim pushes with its own git, past us. */
  pushFor(held: Held, files: Readonly<Record<string, string>>): Promise<string> {
    return this.world.push(held.branch, files, { message: `Work on ${held.task.key}` });
  }

  openFor(held: Held, title = held.task.title): Promise<PeerPull> {
    const input = { title, body: 'As asked.', head: held.branch, base: 'main' };
    return this.world.openPull(this.peer.account('ada'), input);
  }

  private async connect(database: Database): Promise<void> {
    const rows = await database.query<{ id: string }>(
      "INSERT INTO git_hooks (id, room_id, provider) VALUES (gen_random_uuid(), $1, 'github') RETURNING id",
      [this.room.id],
    );
    this.hookId = rows[0]?.id ?? '';
    this.world.repository.hooks.push({
      id: 1,
      url: `http://127.0.0.1:9/webhooks/github/${this.hookId}`,
      secret: 'a long enough secret',
      events: ['*'],
      active: true,
      signingToken: null,
    });
    this.world.deliveries.fate = () => 'hold';
  }
}
