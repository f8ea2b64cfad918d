import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A WebSocket that speaks Engine.IO by hand, for what no client library would send. */
export class RawSocket {
  readonly closed: Promise<void>;
  private readonly messages: string[] = [];
  private readonly wakers = new Set<() => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.messages.push(data.toString('utf8'));
      for (const wake of [...this.wakers]) wake();
    });
    socket.on('error', () => undefined);
    this.closed = once(socket, 'close').then(() => undefined);
  }

  /** Opens the transport and joins a namespace. */
  static async join(url: string, namespace: '/' | '/spectate', token?: string): Promise<RawSocket> {
    const raw = await RawSocket.open(url);
    const prefix = namespace === '/' ? '' : `${namespace},`;
    raw.send(`40${prefix}${JSON.stringify(token === undefined ? {} : { token })}`);
    await raw.until((message) => message.startsWith(`40${prefix}`));
    return raw;
  }

  /** Opens the transport alone. */
  static async open(url: string): Promise<RawSocket> {
    const address = `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const raw = new RawSocket(new WebSocket(address, { perMessageDeflate: false }));
    await raw.until((message) => message.startsWith('0'));
    return raw;
  }

  send(data: string | Buffer): void {
    this.socket.send(data);
  }

  /** The first message, received or to come, that fits. */
  until(fits: (message: string) => boolean): Promise<string> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.messages.find(fits);
        if (found === undefined) return;
        this.wakers.delete(look);
        resolve(found);
      };
      this.wakers.add(look);
      look();
    });
  }

  /** True while the other side has not ended it. */
  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  close(): void {
    this.socket.terminate();
  }
}
