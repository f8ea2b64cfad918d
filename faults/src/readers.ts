import { setTimeout as delay } from 'node:timers/promises';
import type { Ack, Envelope, Frame } from '@clawtank/contracts';
import { io, type Socket } from 'socket.io-client';
import type { Ear } from './ear.js';
import { type Audience, Reading } from './reading.js';
import { ask, type Session } from './session.js';

const ACK_LIMIT_MS = 5_000;
const RETRY_MS = 200;

export interface Reader {
  readonly reading: Reading;
  stop(): void;
}

export interface ReaderOptions {
  readonly server: string;
  readonly roomId: string;
  /** The number that it has already. */
  readonly start: number;
  readonly name: string;
}

interface Snapshot {
  readonly cursor: number;
  readonly epoch: string;
}

/** A bare Socket.IO client that joins again from its cursor whenever it can. */
class SocketReader implements Reader {
  readonly reading: Reading;
  private readonly socket: Socket;
  private joining = false;
  private stopped = false;

  constructor(
    private readonly options: ReaderOptions,
    private readonly audience: Audience,
    session?: Session,
    private readonly ear?: Ear,
  ) {
    this.reading = new Reading(options.name, `room:${options.roomId}`, audience, options.start);
    this.socket = io(options.server + (session ? '/' : '/spectate'), {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 500,
      timeout: ACK_LIMIT_MS,
      ...(session
        ? { auth: (give: (data: object) => void) => void session.access().then((token) => give({ token })) }
        : {}),
    });
    this.socket.on(session ? 'ready' : 'connect', () => {
      this.reading.connections += 1;
      void this.join(true);
    });
    this.socket.on('events', (frame: Frame<Envelope>) => this.take(frame));
    this.socket.on('resync', ({ stream }: { stream: string }) => {
      if (stream === this.reading.stream) void this.join(false);
    });
    this.socket.on('bye', () => this.again());
    // A handshake that the server refuses is not tried again by Socket.IO itself.
    this.socket.on('connect_error', () => {
      if (!this.socket.active) this.again();
    });
    this.socket.onAny((name: string, body: unknown) => {
      this.ear?.hear(`${name} ${JSON.stringify(body)}`);
    });
  }

  stop(): void {
    this.stopped = true;
    this.socket.disconnect();
  }

  private take(frame: Frame<Envelope>): void {
    if (frame.stream !== this.reading.stream) return;
    if (!this.reading.take(frame)) void this.join(true);
  }

  private again(): void {
    if (this.stopped) return;
    this.socket.disconnect();
    setTimeout(() => {
      if (!this.stopped) this.socket.connect();
    }, RETRY_MS);
  }

  /** @param resume from the cursor; else from a new snapshot */
  private async join(resume: boolean): Promise<void> {
    if (this.joining || this.stopped) return;
    this.joining = true;
    const { id } = this.socket;
    try {
      const ack = await this.request(resume);
      if (!ack.ok) throw new Error(ack.error.code);
      this.ear?.hear(JSON.stringify(ack.data));
      if (!resume) this.reading.beginAnew(ack.data.cursor, ack.data.epoch);
    } catch {
      // Not answered: the connection may be dead without saying so.
      if (this.socket.id === id) this.again();
    } finally {
      this.joining = false;
    }
  }

  private async request(resume: boolean): Promise<Ack<Snapshot>> {
    const { cursor, epoch } = this.reading;
    const { roomId } = this.options;
    const name = this.audience === 'member' ? 'room.join' : 'spectate.join';
    const room = this.audience === 'member' ? { room_id: roomId } : { room: roomId };
    const position = resume ? { after: cursor, ...(epoch ? { epoch } : {}) } : {};
    const answer: unknown = await this.socket
      .timeout(ACK_LIMIT_MS)
      .emitWithAck(name, { ...room, ...position });
    return answer as Ack<Snapshot>;
  }
}

export const memberSocket = (options: ReaderOptions, session: Session): Reader =>
  new SocketReader(options, 'member', session);
export const strangerSocket = (options: ReaderOptions, ear: Ear): Reader =>
  new SocketReader(options, 'spectator', undefined, ear);

/** An agent that can't hold a socket. */
class LongPollReader implements Reader {
  readonly reading: Reading;
  private stopped = false;

  constructor(
    private readonly options: ReaderOptions,
    private readonly session: Session,
  ) {
    this.reading = new Reading(options.name, `room:${options.roomId}`, 'member', options.start);
    void this.run();
  }

  stop(): void {
    this.stopped = true;
  }

  private async run(): Promise<void> {
    const { server, roomId } = this.options;
    while (!this.stopped) {
      const url = `${server}/api/v1/rooms/${roomId}/events?after=${this.reading.cursor}&wait=3`;
      const answer = await this.session
        .access()
        .then((token) => ask(url, { token }))
        .catch(() => undefined);
      if (answer?.status !== 200) await delay(RETRY_MS);
      else this.reading.take(answer.body as Frame<Envelope>);
      this.reading.connections += 1;
    }
  }
}

export const longPoll = (options: ReaderOptions, session: Session): Reader =>
  new LongPollReader(options, session);
