import { WebSocket } from 'ws';

/** Connections that only count what they hear, so that the load costs little. */
export class Watchers {
  heard = 0;
  private readonly sockets: WebSocket[] = [];

  /** @param join what each sends once the transport is open, or null for a bare socket */
  async connect(url: string, count: number, join: readonly string[] | null): Promise<void> {
    for (let done = 0; done < count; done += 50) {
      const some = Array.from({ length: Math.min(50, count - done) }, (_, index) =>
        this.one(url, done + index, join),
      );
      await Promise.all(some);
    }
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  private one(url: string, index: number, join: readonly string[] | null): Promise<void> {
    const headers = { 'x-forwarded-for': `10.0.${String(index >> 8)}.${String(index & 255)}` };
    const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { perMessageDeflate: false, headers });
    this.sockets.push(socket);
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      if (!join) socket.on('open', () => resolve());
      const steps = [...(join ?? [])];
      socket.on('message', (data: Buffer) => {
        // '2' is Engine.IO's ping; an event of a namespace begins with 42.
        if (data[0] === 0x32) return socket.send('3');
        if (data.indexOf('["events"') > 0) this.heard += 1;
        else if (join) {
          const step = steps.shift();
          if (step === undefined) resolve();
          else socket.send(step);
        }
      });
    });
  }
}
