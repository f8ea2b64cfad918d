import { asksForAnotherTry, type Statement, textOf, type Tx } from '@clawtank/database';
import { invariant } from '@clawtank/kernel';
import { type Appended, LogTx } from './log-tx.js';

/** What came of one of several works in a transaction. */
export type Attempt<T> =
  | { readonly result: T; readonly eventIds: readonly string[] }
  | { readonly error: unknown };

const LOOKS_AT_LOG = /\bstreams?(_events)?\b/;

/** The rest of the group has to be written before this work can go on. */
class LookedTooEarly extends Error {}

/**
 * One transaction for several works that know nothing of each other. One that fails leaves no trace: what it collected
 * is forgotten, and if it ran statements, it had a savepoint of its own. All their events are written together.
 */
export class GroupTx {
  readonly log: LogTx;
  private readonly written: Appended[] = [];
  private begun = false;
  /** The savepoint stands where the next work begins. */
  private ready = false;

  constructor(private readonly tx: Tx) {
    this.log = new LogTx(tx);
  }

  /**
   * Runs one work. A work that looks at the log finds there what those before it appended.
   * @throws what ends the whole transaction: a deadlock, a lost connection
   */
  async attempt<T>(work: (tx: LogTx) => Promise<T>): Promise<Attempt<T>> {
    const first = await this.once(work, this.log.pendingIds.length > 0);
    if (!('error' in first) || !(first.error instanceof LookedTooEarly)) return first;
    await this.write();
    return this.once(work, false);
  }

  /** Writes the events of all works that succeeded. */
  async flush(): Promise<readonly Appended[]> {
    await this.write();
    const streams = [...new Set(this.written.map(({ stream }) => stream))];
    return streams.map((stream) => joined(this.written.filter((part) => part.stream === stream)));
  }

  private async write(): Promise<void> {
    // Outside of any savepoint that a later work may roll back to.
    this.ready = false;
    this.written.push(...(await this.log.flush()));
  }

  private async once<T>(work: (tx: LogTx) => Promise<T>, unwritten: boolean): Promise<Attempt<T>> {
    const guard = new Guard(this.tx, unwritten, () => this.mark());
    const part = this.log.part(guard);
    try {
      const result = await work(part);
      await guard.marked;
      guard.close();
      if (guard.looked) throw new LookedTooEarly();
      const eventIds = part.pendingIds;
      this.log.adopt(part);
      if (guard.marked) this.ready = false;
      return { result, eventIds };
    } catch (error) {
      guard.close();
      if (asksForAnotherTry(error)) throw error;
      if (guard.marked) await this.rollBack(error);
      return { error: guard.looked ? new LookedTooEarly() : error };
    }
  }

  /** Goes out ahead of a work's first statement, which does not wait for its answer. */
  private mark(): Promise<unknown> {
    if (this.log.hasRows) {
      // What the works before it collected must not be taken back with this one.
      this.log.sendRows();
      this.ready = false;
    }
    if (this.ready) return Promise.resolve();
    const sql = this.begun ? 'RELEASE SAVEPOINT work; SAVEPOINT work' : 'SAVEPOINT work';
    this.begun = true;
    this.ready = true;
    const marked = this.tx.execute(sql);
    // Looked at when the work is done; until then it is nobody's unhandled error.
    marked.catch(() => undefined);
    return marked;
  }

  /** A transaction that can't be rolled back to its savepoint is over for everyone in it. */
  private async rollBack(cause: unknown): Promise<void> {
    try {
      await this.tx.execute('ROLLBACK TO SAVEPOINT work');
    } catch {
      throw cause;
    }
  }
}

/** What one work does to the transaction, until that work is over: a straggler must not write into the next one. */
class Guard implements Tx {
  looked = false;
  /** Its savepoint, once it has run a statement. */
  marked: Promise<unknown> | undefined;
  private over = false;

  constructor(
    private readonly tx: Tx,
    private readonly unwritten: boolean,
    private readonly mark: () => Promise<unknown>,
  ) {}

  get manager(): Tx['manager'] {
    this.marked ??= this.mark();
    return this.tx.manager;
  }

  readonly query: Tx['query'] = (statement, params) =>
    this.refusal(statement) ?? this.tx.query(statement, params);
  readonly execute: Tx['execute'] = (statement, params) =>
    this.refusal(statement) ?? this.tx.execute(statement, params);
  /** Within a savepoint nobody would take back what fails unheard. */
  readonly send: Tx['send'] = () => {
    throw new Error('a work of a group waits for its statements');
  };

  close(): void {
    this.over = true;
  }

  private refusal(statement: Statement): Promise<never> | undefined {
    if (this.over) return Promise.reject(new Error('the work that asks is over'));
    if (this.unwritten && LOOKS_AT_LOG.test(textOf(statement))) {
      this.looked = true;
      return Promise.reject(new LookedTooEarly());
    }
    this.marked ??= this.mark();
    return undefined;
  }
}

function joined(parts: readonly Appended[]): Appended {
  const [first, last] = [parts[0], parts.at(-1)];
  invariant(first && last, 'nothing was appended');
  return { ...first, to: last.to, events: parts.flatMap(({ events }) => events) };
}
