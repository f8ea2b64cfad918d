import {
  type Envelope,
  type Frame,
  type RoomSnapshot,
  roomStream,
  type SpectatorSnapshot,
} from '@clawtank/contracts';
import { Client } from '../client.js';
import type { Person } from '../test-gateway.js';

type Snapshot = RoomSnapshot | SpectatorSnapshot;

/** One device of a member, or a spectator (without a person). Reads on from where it was, wherever it connects. */
export class Reader {
  readonly envelopes: Envelope[] = [];
  private snapshot: Snapshot | undefined;
  private client: Client | undefined;
  private cursor = 0;
  /** Frames that came before the snapshot that they follow on. */
  private readonly early: Frame<Envelope>[] = [];

  constructor(
    private readonly roomId: string,
    readonly person: Person | null,
  ) {}

  get first(): Snapshot {
    if (!this.snapshot) throw new Error('it has never joined');
    return this.snapshot;
  }

  get socket(): Client {
    if (!this.client) throw new Error('it is not connected');
    return this.client;
  }

  /** Takes a snapshot the first time, and what it has missed every other time. */
  async connect(url: string): Promise<void> {
    const { person } = this;
    const client = person ? await Client.member(url, person.token) : await Client.spectator(url);
    this.client = client;
    client.socket.on('events', (frame: Frame<Envelope>) => this.take(client, frame));
    const at = this.snapshot && { after: this.cursor, epoch: this.snapshot.epoch };
    const joined = await (person
      ? client.ok('room.join', { room_id: this.roomId, ...at })
      : client.ok('spectate.join', { room: this.roomId, ...at }));
    if (this.snapshot) return;
    this.snapshot = joined as Snapshot;
    this.cursor = this.snapshot.cursor;
    for (const frame of this.early.splice(0)) this.take(client, frame);
  }

  /** Reads everything after a number once and leaves. */
  async readFrom(url: string, after: number): Promise<void> {
    const looking = new Reader(this.roomId, this.person);
    await looking.connect(url);
    const { cursor } = looking.first;
    looking.cut();
    this.snapshot = looking.first;
    this.cursor = after;
    await this.connect(url);
    await this.reached(cursor);
    this.cut();
  }

  cut(): void {
    this.client?.close();
    this.client = undefined;
  }

  /** Resolves once it has everything up to a number. */
  reached(seq: number): Promise<true> {
    return this.socket.until(() => (this.problem || this.cursor >= seq ? true : undefined));
  }

  /** What was wrong with the frames that came; undefined while each followed on the one before. */
  problem: string | undefined;

  private take(client: Client, frame: Frame<Envelope>): void {
    const { stream, epoch, from, to, events } = frame;
    if (client !== this.client || stream !== roomStream(this.roomId)) return;
    if (!this.snapshot) return void this.early.push(frame);
    const inside = events.every(({ seq }) => seq >= from && seq <= to);
    const rises = events.every(({ seq }, index) => index === 0 || seq > (events[index - 1]?.seq ?? 0));
    if (from !== this.cursor + 1 || to < from || epoch !== this.snapshot.epoch || !inside || !rises) {
      this.problem ??= `${from}…${to} of ${epoch} after ${this.cursor}`;
    }
    this.cursor = to;
    this.envelopes.push(...events);
  }
}
