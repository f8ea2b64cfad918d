import type { Ack, Envelope, Frame } from '@clawtank/contracts';
import { io, type Socket } from 'socket.io-client';

/** Frames as they came, from a bare Socket.IO client. */
export class Listener {
  readonly frames: Frame<Envelope>[] = [];
  readonly raw: string[] = [];

  private constructor(private readonly socket: Socket) {
    for (const name of ['events', 'signals', 'ready', 'resync', 'bye']) {
      socket.on(name, (body: unknown) => {
        this.raw.push(JSON.stringify(body));
        if (name === 'events') this.frames.push(body as Frame<Envelope>);
      });
    }
  }

  /** A member's socket that reads the room from its first event on. */
  static async member(url: string, token: string, roomId: string): Promise<Listener> {
    const listener = new Listener(io(url, { auth: { token }, transports: ['websocket'] }));
    await listener.request('room.join', { room_id: roomId, after: 0 });
    return listener;
  }

  /** A stranger's socket on a public room. */
  static async spectator(url: string, room: string): Promise<Listener> {
    const listener = new Listener(io(`${url}/spectate`, { transports: ['websocket'] }));
    listener.raw.push(JSON.stringify(await listener.request('spectate.join', { room })));
    return listener;
  }

  events(stream: string): Envelope[] {
    return this.frames.filter((frame) => frame.stream === stream).flatMap((frame) => [...frame.events]);
  }

  /** True when the frames of the stream tile from their first number to `head`. */
  tiles(stream: string, first: number, head: number): boolean {
    let cursor = first - 1;
    for (const frame of this.frames.filter((candidate) => candidate.stream === stream)) {
      if (frame.from !== cursor + 1 || frame.to < frame.from) return false;
      cursor = frame.to;
    }
    return cursor === head;
  }

  close(): void {
    this.socket.close();
  }

  private async request(name: string, input: object): Promise<unknown> {
    const ack = (await this.socket.timeout(15_000).emitWithAck(name, input)) as Ack;
    if (!ack.ok) throw new Error(`${name}: ${ack.error.code} ${ack.error.message}`);
    return ack.data;
  }
}
