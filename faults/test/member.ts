import type { Ack, Envelope, Frame } from '@clawtank/contracts';
import { io, type Socket } from 'socket.io-client';

/** A bare Socket.IO client at one node; it never comes back by itself. */
export class Member {
  readonly frames: Frame<Envelope>[] = [];
  readonly heard: { readonly event: string; readonly body: unknown }[] = [];
  private readonly wakers = new Set<() => void>();

  private constructor(readonly socket: Socket) {
    socket.onAny((event: string, body: unknown) => {
      if (event === 'events') this.frames.push(body as Frame<Envelope>);
      this.heard.push({ event, body });
      for (const wake of [...this.wakers]) wake();
    });
    socket.on('disconnect', (reason) => {
      this.heard.push({ event: 'disconnect', body: reason });
      for (const wake of [...this.wakers]) wake();
    });
  }

  static async at(url: string, token: string): Promise<Member> {
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { token },
    });
    const member = new Member(socket);
    await member.hears('ready');
    return member;
  }

  request(name: string, input: object): Promise<Ack> {
    return new Promise((resolve) => this.socket.emit(name, input, resolve));
  }

  /** The data of a successful ack. */
  async ok<T = Record<string, unknown>>(name: string, input: object): Promise<T> {
    const ack = await this.request(name, input);
    if (!ack.ok) throw new Error(`${name}: ${JSON.stringify(ack.error)}`);
    return ack.data as T;
  }

  /** The first event, heard or to come, that fits. */
  hears(event: string, fits: (body: unknown) => boolean = () => true): Promise<unknown> {
    return this.until(() => this.heard.find((one) => one.event === event && fits(one.body)));
  }

  /** The first envelope, heard or to come, that fits. */
  sees(fits: (event: Envelope) => boolean): Promise<Envelope> {
    return this.until(() => this.frames.flatMap((frame) => frame.events).find(fits));
  }

  close(): void {
    this.socket.disconnect();
  }

  private until<T>(find: () => T | undefined): Promise<T> {
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
}
