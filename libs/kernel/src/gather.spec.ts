import { Gather } from './gather.js';

describe('Gather', () => {
  it('asks at once when nobody else does, and then together for all who came meanwhile', async () => {
    const questions: (readonly number[])[] = [];
    const gather = new Gather<number, number>(async (keys) => {
      questions.push(keys);
      await new Promise(setImmediate);
      return keys.map((key) => key * 10);
    }, 3);
    const answers = await Promise.all([1, 2, 3, 4, 5, 2].map((key) => gather.get(key)));
    expect(answers).toEqual([10, 20, 30, 40, 50, 20]);
    expect(questions).toEqual([[1], [2, 3, 4], [5, 2]]);
  });

  it('never answers from before it was asked', async () => {
    let now = 0;
    const gather = new Gather<string, number>(async (keys) => {
      const seen = now;
      await new Promise(setImmediate);
      return keys.map(() => seen);
    });
    const early = gather.get('a');
    now = 1;
    const late = gather.get('a');
    expect(await Promise.all([early, late])).toEqual([0, 1]);
  });

  it('is idle again as soon as its last answer is there', async () => {
    const gather = new Gather<number, number>((keys) => Promise.resolve(keys));
    expect(gather.idle).toBe(true);
    const answers = Promise.all([gather.get(1), gather.get(2)]);
    expect(gather.idle).toBe(false);
    await answers;
    expect(gather.idle).toBe(true);
  });

  it('fails only those who asked together, and goes on', async () => {
    let failing = true;
    const gather = new Gather<number, number>((keys) =>
      failing ? Promise.reject(new Error('away')) : Promise.resolve(keys),
    );
    await expect(gather.get(1)).rejects.toThrow('away');
    failing = false;
    await expect(gather.get(2)).resolves.toBe(2);
  });
});
