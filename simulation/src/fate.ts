import { Random } from '@clawtank/cluster';

/**
 * Whether an agent's process dies in the midst of a piece of work, and after how much of it.
 *
 * Drawn from the task and the attempt alone, never from a stream that other draws and waits shift: the same strain
 * meets whoever takes the task, with the guards on and off, so that their difference is not one of luck (common
 * random numbers).
 *
 * @param strain seed of the task's fates
 * @param attempt which claim of the task it is, from 1
 * @param frailty chance to die of a piece of work, from 0 to 1
 * @returns the part of the work that is done before it dies, from 0 to 1; nothing for who lives
 */
export function fateOf(strain: number, attempt: number, frailty: number): number | undefined {
  const random = new Random((strain ^ Math.imul(attempt, 0x9e37_79b9)) >>> 0);
  return random.chance(frailty) ? random.next() : undefined;
}
