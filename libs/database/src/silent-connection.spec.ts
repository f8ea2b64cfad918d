import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';
import { Database } from './database.js';
import { isDatabaseAway } from './is-database-away.js';
import { createTestDatabase, type Door, doorTo, type TestDatabase } from './testing.js';

/** Long for a statement that does nothing, short for somebody who waits. */
const ANSWER_MS = 400;

describe('a connection on which everything is swallowed', () => {
  let test: TestDatabase;
  let door: Door;
  let source: DataSource;
  let database: Database;
  beforeEach(async () => {
    test = await createTestDatabase([]);
    await test.database.query('CREATE TABLE kept (id int PRIMARY KEY)');
    door = await doorTo(test.url, 5432);
    const timeouts = { statementTimeoutMs: 300, answerTimeoutMs: ANSWER_MS, connectTimeoutMs: ANSWER_MS };
    source = await createDataSource({ url: door.url, poolSize: 3, ...timeouts }, []).initialize();
    database = new Database(source);
  });
  afterEach(async () => {
    await source.destroy();
    await door.close();
    await test.drop();
  });

  const insert = (id: number): Promise<number> =>
    database.transaction((tx) => tx.execute('INSERT INTO kept VALUES ($1)', [id]));
  const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => null,
      (error: unknown) => error,
    );

  it('is given up, in the middle of a transaction too; the database counts as away, and is back when it is', async () => {
    await Promise.all([insert(1), insert(2), insert(3)]);
    const caught = errorOf(
      database.transaction(async (tx) => {
        await tx.execute('INSERT INTO kept VALUES (4)');
        door.swallow();
        await tx.query('SELECT 1');
      }),
    );
    expect(isDatabaseAway(await caught)).toBe(true);
    const errors = await Promise.all([5, 6, 7, 8].map((id) => errorOf(insert(id))));
    expect(errors.map(isDatabaseAway)).toEqual([true, true, true, true]);
    door.open();
    await insert(9);
    const rows = await test.database.query<{ id: number }>('SELECT id FROM kept ORDER BY id');
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 9]);
  }, 15_000);

  it('does not keep a single statement waiting', async () => {
    await database.query('SELECT 1');
    door.swallow();
    expect(isDatabaseAway(await errorOf(database.query('SELECT 1')))).toBe(true);
  }, 10_000);
});
