import { EventEmitter } from 'node:events';
import { watchBacklog } from './backlog.js';

/** The events of a transport: what is written, and when the network has taken all of it. */
class Transport extends EventEmitter {
  write(bytes: number): void {
    this.emit('packetCreate', { data: 'x'.repeat(bytes) });
  }
  drain(): void {
    this.emit('drain');
  }
}

describe('watchBacklog', () => {
  const start = () => {
    const conn = new Transport();
    const slow = jest.fn();
    watchBacklog({ conn }, 1_000, slow);
    return { conn, slow };
  };

  it('lets a reader that keeps up read any amount', () => {
    const { conn, slow } = start();
    for (let count = 0; count < 100; count += 1) {
      conn.write(900);
      conn.drain();
    }
    expect(slow).not.toHaveBeenCalled();
  });

  it('tells once when too much waits', () => {
    const { conn, slow } = start();
    for (let count = 0; count < 5; count += 1) conn.write(600);
    expect(slow).toHaveBeenCalledTimes(1);
  });

  it('counts what waits together', () => {
    const { conn, slow } = start();
    conn.write(600);
    conn.write(400);
    expect(slow).not.toHaveBeenCalled();
    conn.write(1);
    expect(slow).toHaveBeenCalledTimes(1);
  });
});
