import { Lanes } from './lanes.js';

const deferred = () => {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

describe('Lanes', () => {
  it('keeps the order within a lane, even past a failure', async () => {
    const lanes = new Lanes();
    const gate = deferred();
    const done: string[] = [];
    const first = lanes.run('a', async () => {
      await gate.promise;
      done.push('first');
      throw new Error('refused');
    });
    const second = lanes.run('a', async () => {
      done.push('second');
    });
    await lanes.run('b', async () => {
      done.push('other lane');
    });
    gate.resolve();
    await expect(first).rejects.toThrow('refused');
    await second;
    expect(done).toEqual(['other lane', 'first', 'second']);
  });

  it('forgets what is done', async () => {
    const lanes = new Lanes();
    await lanes.run('a', () => Promise.resolve());
    await Promise.resolve();
    expect(lanes.size).toBe(0);
  });
});
