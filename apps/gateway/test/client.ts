import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { Ack, Envelope, Frame, WireError } from '@clawtank/contracts';

type AnyFrame = Frame<Envelope>;

interface Heard {
  readonly event: string;
  readonly data: unknown;
}

/** A Socket.IO client that remembers everything it hears. */
export class Client {
  readonly heard: Heard[] = [];
  readonly socket: Socket;
  private readonly wakers = new Set<() => void>();

  private constructor(url: string, options: Partial<ManagerOptions & SocketOptions>) {
    this.socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
    this.socket.onAny((event: string, data: unknown) => this.hear(event, data));
    this.socket.on('connect_error', (error) => this.hear('connect_error', Reflect.get(error, 'data')));
    this.socket.on('disconnect', (reason) => this.hear('disconnect', reason));
    this.socket.on('connect', () => this.hear('connect', undefined));
  }

  /** Connects without waiting for what comes of it. */
  static open(url: string, options: Partial<ManagerOptions & SocketOptions> = {}): Client {
    return new Client(url, options);
  }

  /** A member's client, once it is ready. */
  static async member(url: string, token: string): Promise<Client> {
    const client = new Client(url, { auth: { token } });
    await client.next('ready');
    return client;
  }

  static async spectator(url: string): Promise<Client> {
    const client = new Client(`${url}/spectate`, {});
    await client.next('connect');
    return client;
  }

  request(name: string, input: object = {}): Promise<Ack> {
    return new Promise((resolve) => this.socket.emit(name, input, resolve));
  }

  /** The data of a successful ack. */
  async ok(name: string, input: object = {}): Promise<unknown> {
    const ack = await this.request(name, input);
    if (!ack.ok) throw new Error(`${name}: ${JSON.stringify(ack.error)}`);
    return ack.data;
  }

  async refusal(name: string, input: object = {}): Promise<WireError> {
    const ack = await this.request(name, input);
    if (ack.ok) throw new Error(`${name} was not refused`);
    return ack.error;
  }

  /** Resolves with the result as soon as it is not undefined. */
  until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        this.wakers.delete(look);
        resolve(found);
      };
      this.wakers.add(look);
      look();
    });
  }

  /** The data of the first event of this name, heard or to come. */
  next(event: string): Promise<unknown> {
    return this.until(() => this.heard.find((heard) => heard.event === event)).then(({ data }) => data);
  }

  all(event: string): unknown[] {
    return this.heard.filter((heard) => heard.event === event).map(({ data }) => data);
  }

  frames(stream: string): AnyFrame[] {
    return (this.all('events') as AnyFrame[]).filter((frame) => frame.stream === stream);
  }

  envelopes(stream: string): Envelope[] {
    return this.frames(stream).flatMap((frame) => frame.events);
  }

  /** Resolves once the stream's frames reach this number. */
  reached(stream: string, seq: number): Promise<true> {
    return this.until(() => ((this.frames(stream).at(-1)?.to ?? 0) >= seq ? true : undefined));
  }

  close(): void {
    this.socket.disconnect();
  }

  private hear(event: string, data: unknown): void {
    this.heard.push({ event, data });
    for (const wake of [...this.wakers]) wake();
  }
}

/** Fails unless the frames follow on each other from `first` on, and their events lie inside. */
export function expectTiling(frames: readonly AnyFrame[], first: number, last: number): void {
  let next = first;
  for (const frame of frames) {
    expect(frame.from).toBe(next);
    for (const { seq } of frame.events) expect(seq >= frame.from && seq <= frame.to).toBe(true);
    next = frame.to + 1;
  }
  expect(next - 1).toBe(last);
}
