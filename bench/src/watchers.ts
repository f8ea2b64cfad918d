import { WebSocket } from 'ws';

/** What each connection sends once its transport is open, and how the answer to the last of it begins. */
export interface Steps {
  readonly say: readonly string[];
  readonly done: string;
}

const SEQ = Buffer.from('"seq":');

/** Connections that only count the events they hear, so that the load costs little. */
export class Watchers {
  heard = 0;
  private readonly sockets: WebSocket[] = [];

  /** @param steps of each connection by its number, or null for a bare socket */
  async connect(url: string, count: number, steps: (index: number) => Steps | null): Promise<void> {
    const begin = this.sockets.length;
    for (let done = 0; done < count; done += 50) {
      const some = Array.from({ length: Math.min(50, count - done) }, (_, index) =>
        this.one(url, begin + done + index, steps(done + index)),
      );
      await Promise.all(some);
    }
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  private one(url: string, index: number, steps: Steps | null): Promise<void> {
    const headers = {
      'x-forwarded-for': `10.${String(index >> 16)}.${String((index >> 8) & 255)}.${String(index & 255)}`,
    };
    const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { perMessageDeflate: false, headers });
    this.sockets.push(socket);
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      if (!steps) socket.on('open', () => resolve());
      const say = [...(steps?.say ?? [])];
      socket.on('message', (data: Buffer) => {
        // '2' is Engine.IO's ping; an event of a namespace begins with 42.
        if (data[0] === 0x32) return socket.send('3');
        if (data.indexOf('["events"') > 0) this.heard += eventsIn(data);
        else if (steps) {
          const text = data.toString('latin1', 0, 40);
          if (text.startsWith(steps.done)) resolve();
          else if (text.startsWith('0') || text.startsWith('40')) {
            const next = say.shift();
            if (next !== undefined) socket.send(next);
          }
        }
      });
    });
  }
}

function eventsIn(data: Buffer): number {
  let count = 0;
  for (let at = data.indexOf(SEQ); at >= 0; at = data.indexOf(SEQ, at + SEQ.length)) count += 1;
  return count;
}

/** Spectators of our room. */
export const spectators = (roomId = ''): Steps => ({
  say: ['40/spectate,', `42/spectate,0["spectate.join",${JSON.stringify({ room: roomId })}]`],
  done: '43/spectate,',
});

/** A member of our room, told of everything or of what it asked for. */
export const member = (roomId = '', token = '', intents?: readonly string[]): Steps => ({
  say: [`40${JSON.stringify({ token })}`, `420["room.join",${JSON.stringify({ room_id: roomId, intents })}]`],
  done: '43',
});

/** A client of stock Socket.IO, in its room once it is connected. */
export const stock: Steps = { say: ['40'], done: '40' };
