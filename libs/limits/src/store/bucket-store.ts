import type { Rate } from '../domain/bucket.js';

/**
 * Keeps buckets by name. Two implementations pass one contract test: in this process, and Redis, where all
 * nodes share them.
 */
export abstract class BucketStore {
  /** Takes a token. @returns 0, or the milliseconds until one can be had; it never fails */
  abstract take(key: string, rate: Rate): Promise<number>;
  abstract close(): Promise<void>;
}
