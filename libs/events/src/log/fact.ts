import type { LogTx } from './log-tx.js';

/**
 * Something that many commands of one transaction want to know. It is read once, under the lock that guards it, and
 * forgotten when a statement of the transaction may have changed it.
 */
export class Fact<T> {
  private readonly known = new WeakMap<object, Map<string, T>>();

  /** What is known under this key, or else what `read` finds. */
  async of(tx: LogTx, key: string, read: () => Promise<T>): Promise<T> {
    const known = this.known.get(tx.facts);
    if (known?.has(key)) return known.get(key) as T;
    const before = tx.facts;
    const value = await read();
    if (tx.facts === before) this.learn(tx, key, value);
    return value;
  }

  learn(tx: LogTx, key: string, value: T): void {
    const known = this.known.get(tx.facts) ?? new Map<string, T>();
    this.known.set(tx.facts, known.set(key, value));
  }
}
