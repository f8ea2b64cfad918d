import pg from 'pg';

/** Counts what this process asks PostgreSQL. */
export interface StatementWatch {
  readonly statements: number;
  /** Moments at which a connection that waited for nothing was asked something. */
  readonly roundTrips: number;
  stop(): void;
}

/** Begins to count, on every connection, until it is stopped. */
export function watchStatements(): StatementWatch {
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  const unanswered = new WeakMap<object, number>();
  let statements = 0;
  let roundTrips = 0;
  const watching = function (this: object, ...given: unknown[]): unknown {
    const before = unanswered.get(this) ?? 0;
    unanswered.set(this, before + 1);
    statements += 1;
    if (before === 0) roundTrips += 1;
    const answer: unknown = Reflect.apply(query, this, given);
    const done = (): void => void unanswered.set(this, (unanswered.get(this) ?? 1) - 1);
    Promise.resolve(answer).then(done, done);
    return answer;
  };
  Reflect.set(pg.Client.prototype, 'query', watching);
  return {
    get statements() {
      return statements;
    },
    get roundTrips() {
      return roundTrips;
    },
    stop: () => {
      Reflect.set(pg.Client.prototype, 'query', query);
    },
  };
}
