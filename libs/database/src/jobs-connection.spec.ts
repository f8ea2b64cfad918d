import { JobsConnection } from './jobs-connection.js';
import { createTestDatabase, doorTo } from './testing.js';

it('waits for a database that is away instead of failing', async () => {
  const test = await createTestDatabase([]);
  const door = await doorTo(test.url, 5432);
  const connection = new JobsConnection({ url: door.url, answerTimeoutMs: 5_000, connectTimeoutMs: 5_000 });
  try {
    expect(await connection.executeSql('SELECT 1 AS one', [])).toMatchObject({ rows: [{ one: 1 }] });
    door.shut();
    const asked = connection.executeSql('SELECT 2 AS two', []);
    await door.knock();
    door.open();
    expect(await asked).toMatchObject({ rows: [{ two: 2 }] });
    await expect(connection.executeSql('SELECT nonsense', [])).rejects.toThrow('nonsense');
  } finally {
    await connection.close();
    await door.close();
    await test.drop();
  }
});
