import { Gatherer } from './gatherer.js';

/** A server that goes on when it is told, and notes with whom each was served. */
class Server {
  readonly groups: string[][] = [];
  private finish: () => void = () => undefined;
  readonly gatherer = new Gatherer<string>(
    10,
    async (_key, items) => {
      this.groups.push([...items]);
      await new Promise<void>((resolve) => {
        this.finish = resolve;
      });
      return [];
    },
    (item) => item.split(' ')[1],
  );

  add(...items: readonly string[]): void {
    for (const item of items) this.gatherer.add('room', item);
  }

  async done(): Promise<void> {
    this.finish();
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }
}

describe('Gatherer', () => {
  let server: Server;
  beforeEach(() => {
    jest.useFakeTimers();
    server = new Server();
  });
  afterEach(() => jest.useRealTimers());

  it('serves the first at once, and together what came meanwhile', async () => {
    server.add('a');
    expect(server.groups).toEqual([['a']]);
    server.add('b', 'c');
    await server.done();
    expect(server.groups).toEqual([['a'], ['b', 'c']]);
  });

  it('lets one that was alone be followed without a wait', async () => {
    server.add('a');
    await server.done();
    expect(server.gatherer.size).toBe(0);
    server.add('b');
    expect(server.groups).toEqual([['a'], ['b']]);
  });

  it('waits a moment for those who were served together, and no longer once they are there', async () => {
    server.add('a');
    server.add('b', 'c');
    await server.done();
    jest.advanceTimersByTime(20);
    await server.done();
    server.add('d');
    expect(server.groups).toHaveLength(2);
    server.add('e');
    await server.done();
    expect(server.groups[2]).toEqual(['d', 'e']);
  });

  it('waits no longer than a part of the time that serving takes', async () => {
    server.add('a');
    server.add('b', 'c');
    await server.done();
    jest.advanceTimersByTime(20);
    await server.done();
    server.add('d');
    await jest.advanceTimersByTimeAsync(5);
    expect(server.groups[2]).toEqual(['d']);
  });

  it('never serves twins together', async () => {
    server.add('a');
    server.add('b x', 'c x', 'd y');
    await server.done();
    expect(server.groups[1]).toEqual(['b x', 'd y']);
  });
});
