import { HandleDeliveries } from '../src/application/handle-deliveries.js';
import { keepDeliveries } from '../src/persistence/webhook-inbox.js';
import type { GitlabPeer } from '../src/testing/peers/gitlab/gitlab-peer.js';
import type { GitlabMerge, GitlabWorld } from '../src/testing/peers/gitlab/gitlab-world.js';
import { startGitlabPeer } from '../src/testing/peers/gitlab/start.js';
import { GitRoom, type Held } from './git-room.js';

const FULL_NAME = 'acme/shop';
const EVENTS = ['push_events', 'tag_push_events', 'merge_requests_events', 'note_events', 'pipeline_events'];

/** A room whose repository is on a GitLab-shaped peer. What happens there is done by people, outside of ClawTank. */
export class GitlabRoom {
  private constructor(
    readonly room: GitRoom,
    readonly peer: GitlabPeer,
    readonly world: GitlabWorld,
    private readonly hookId: string,
  ) {}

  static async open(): Promise<GitlabRoom> {
    const peer = await startGitlabPeer();
    const room = await GitRoom.open({ GITLAB_URL: peer.url });
    const world = await peer.create(FULL_NAME);
    await world.push('main', { 'README.md': 'Coffee.\n' });
    const token = peer.token('clawtank');
    await room.create({ repository: { host: 'gitlab', full_name: FULL_NAME, token } });
    await room.gather();
    const rows = await room.log.database.query<{ id: string }>(
      "INSERT INTO git_hooks (id, room_id, provider) VALUES (gen_random_uuid(), $1, 'gitlab') RETURNING id",
      [room.id],
    );
    world.hooks.push({
      id: 1,
      url: '',
      secret: 'a secret',
      events: EVENTS,
      active: true,
      signingToken: null,
    });
    world.deliveries.fate = () => 'hold';
    return new GitlabRoom(room, peer, world, rows[0]?.id ?? '');
  }

  async close(): Promise<void> {
    await this.room.close();
    await this.peer.stop();
  }

  /** All that has happened there is received and handled. @returns the kinds of events that told of it */
  async hear(): Promise<readonly string[]> {
    await this.world.settled();
    const sent = this.world.deliveries.all.splice(0);
    for (const { guid, event, body } of sent) {
      const delivery = { provider: 'gitlab', hookId: this.hookId, deliveryId: guid, event } as const;
      await keepDeliveries(this.room.log.database, [
        { ...delivery, proof: 'token', body: Buffer.from(body) },
      ]);
    }
    await this.room.bus.get(HandleDeliveries).run();
    await this.room.settle();
    return sent.map(({ event }) => event);
  }

  openFor(held: Held, title = held.task.title): Promise<GitlabMerge> {
    return this.world.open('ada', { title, body: 'As asked.', branch: held.branch, base: 'main' });
  }
}
