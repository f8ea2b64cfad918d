import type { Fate } from '@clawtank/git/testing';
import type { Options } from '../options.js';

/** Lost so that the host knows, lost without a trace, doubled, late. */
const BAD: readonly Fate[] = ['fail', 'vanish', 'twice', 'hold'];

export type Fates = Readonly<Record<Fate, number>>;

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Decides what becomes of each webhook delivery, and counts. */
export class FateTeller {
  readonly told: Record<Fate, number> = { send: 0, twice: 0, hold: 0, fail: 0, vanish: 0 };
  private readonly next: () => number;

  constructor(private readonly how: Pick<Options, 'deliveries' | 'seed'>) {
    this.next = numbersOf(how.seed);
  }

  readonly tell = (): Fate => {
    const fate = this.choose();
    this.told[fate] += 1;
    return fate;
  };

  private choose(): Fate {
    if (this.how.deliveries !== 'lossy') return this.how.deliveries === 'all' ? 'send' : 'vanish';
    if (this.next() >= 1 / 3) return 'send';
    return BAD[Math.floor(this.next() * BAD.length)] ?? 'vanish';
  }
}
