import { Turns } from './turns.js';

const deferred = () => {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

describe('Turns', () => {
  it('runs a few at once, the others in order, and takes no more than it may', async () => {
    const turns = new Turns(2, 2);
    const gates = Array.from({ length: 5 }, deferred);
    const started: number[] = [];
    const taken = gates.map((gate, index) =>
      turns.take(() => {
        started.push(index);
        return gate.promise;
      }),
    );
    expect(taken).toEqual([true, true, true, true, false]);
    expect(started).toEqual([0, 1]);
    gates[1]?.resolve();
    await new Promise(setImmediate);
    expect(started).toEqual([0, 1, 2]);
    gates[0]?.resolve();
    await new Promise(setImmediate);
    expect(started).toEqual([0, 1, 2, 3]);
  });
});
