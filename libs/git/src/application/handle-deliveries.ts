import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { Bus, type Unsubscribe } from '@clawtank/events';
import { type HostNews, mergeNews, newsOf } from '../domain/host-news.js';
import { roomOfHook, roomsAround } from '../persistence/hosted-rooms.js';
import { forgetOldBodies, type TakenDelivery } from '../persistence/webhook-work.js';
import { DeliveryQueue, Unreadable } from './delivery-queue.js';
import { SyncRoom } from './sync-room.js';
import { DELIVERIES_CHANNEL } from './webhook-inbox.js';

const NOTHING = 'nothing';
const NO_ROOM = 'no room';
const MOST_READ = 1_000;

/** Does what hosts' deliveries ask for: looks at the rooms that they speak of. */
@Injectable()
export class HandleDeliveries implements OnApplicationShutdown {
  private readonly log = new Logger(HandleDeliveries.name);
  /** What is being handled, read once. */
  private readonly read = new Map<string, HostNews | null>();
  private listening: Promise<Unsubscribe> | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly rooms: SyncRoom,
    private readonly database: Database,
    private readonly bus: Bus,
  ) {}

  /** Handles what waits, and from the first time on whatever comes, as soon as it does. */
  async run(): Promise<void> {
    this.listening ??= this.bus.subscribe(DELIVERIES_CHANNEL, () => this.wake());
    await this.listening;
    this.wake();
    await this.running;
  }

  /** The regular tidying of the inbox. */
  forget(): Promise<void> {
    return forgetOldBodies(this.database);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.again = false;
    const stop = await this.listening?.catch(() => undefined);
    await stop?.();
    await this.running;
  }

  private wake(): void {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.loop().finally(() => {
      this.running = undefined;
      if (this.again) this.wake();
    });
  }

  private async loop(): Promise<void> {
    while (this.again) {
      this.again = false;
      try {
        await this.queue.drain(
          (delivery) => this.groupOf(delivery),
          (group) => this.handle(group),
        );
      } catch (error) {
        this.log.error(String(error));
      } finally {
        this.read.clear();
      }
    }
  }

  /** Deliveries about the same rooms are one look at them. */
  private async groupOf(delivery: TakenDelivery): Promise<string> {
    const news = this.newsOf(delivery);
    if (!news) return NOTHING;
    return (await this.roomsOf(delivery, news)).join(' ') || NO_ROOM;
  }

  private async handle(group: readonly TakenDelivery[]): Promise<string> {
    const [first] = group;
    const all = group.flatMap((delivery) => this.newsOf(delivery) ?? []);
    const news = first && this.newsOf(first);
    if (!news) return 'nothing to do';
    const rooms = await this.roomsOf(first, news);
    if (rooms.length === 0) return 'of no room';
    for (const roomId of rooms) await this.rooms.run(roomId, mergeNews(all));
    return 'looked at the repository';
  }

  /** A webhook of one room speaks of that room alone, whatever repository its payload names. */
  private async roomsOf({ hookId, provider }: TakenDelivery, { repository }: HostNews): Promise<string[]> {
    if (hookId !== null) {
      const roomId = await roomOfHook(this.database, hookId);
      return roomId === undefined ? [] : [roomId];
    }
    return repository ? roomsAround(this.database, provider, repository.fullName) : [];
  }

  private newsOf(delivery: TakenDelivery): HostNews | null {
    const { id, provider, event, body } = delivery;
    const known = this.read.get(id);
    if (known !== undefined) return known;
    const news = newsOf(provider, event, parse(body));
    if (this.read.size >= MOST_READ) this.read.clear();
    this.read.set(id, news);
    return news;
  }
}

/** JSON, or a form that carries it in `payload`, as GitHub sends where a webhook was made by hand. */
function parse(body: Buffer): unknown {
  const text = body.toString('utf8');
  const json = text.startsWith('payload=') ? (new URLSearchParams(text).get('payload') ?? '') : text;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new Unreadable('The body is not JSON.');
  }
}
