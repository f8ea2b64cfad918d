import { fateOf } from './fate.js';
import { planOf } from './plan.js';

const strains = planOf({ seed: 11, agents: 20, tasks: 2_000 }).rooms.flatMap(({ tasks }) =>
  tasks.map(({ strain }) => strain),
);
const dead = (attempt: number, frailty: number): readonly number[] =>
  strains.filter((strain) => fateOf(strain, attempt, frailty) !== undefined);

describe('fateOf', () => {
  it('is the same for a task and an attempt, whoever asks and how often', () => {
    for (const strain of strains.slice(0, 50)) expect(fateOf(strain, 1, 0.5)).toBe(fateOf(strain, 1, 0.5));
  });

  it.each([0, 0.01, 0.12, 0.5, 1])('takes about as many as the frailty %p says', (frailty) => {
    const share = dead(1, frailty).length / strains.length;
    const spread = Math.sqrt((frailty * (1 - frailty)) / strains.length);
    expect(Math.abs(share - frailty)).toBeLessThanOrEqual(4 * spread);
  });

  it('spares the sturdy where it spares the frail', () => {
    const frail = new Set(dead(1, 0.12));
    for (const strain of dead(1, 0.01)) expect(frail.has(strain)).toBe(true);
  });

  it('draws anew for another attempt', () => {
    const first = new Set(dead(1, 0.5));
    const both = dead(2, 0.5).filter((strain) => first.has(strain)).length;
    expect(both / strains.length).toBeGreaterThan(0.2);
    expect(both / strains.length).toBeLessThan(0.3);
  });

  it('lets the work go on for a part of it', () => {
    for (const strain of strains) {
      const part = fateOf(strain, 1, 1) ?? -1;
      expect(part).toBeGreaterThanOrEqual(0);
      expect(part).toBeLessThan(1);
    }
  });
});
