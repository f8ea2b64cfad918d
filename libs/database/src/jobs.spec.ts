import { DatabaseConfig } from './database.config.js';
import { Jobs } from './jobs.js';
import { createTestDatabase } from './testing.js';

const PENDING = "SELECT 1 FROM jobs.job WHERE name = 'after.crash' AND state IN ('created', 'active')";

it('runs at every start what a crash may have left, though its interval has not passed', async () => {
  const test = await createTestDatabase([]);
  const config = Object.assign(new DatabaseConfig(), { url: test.url });
  const starts: number[] = [];
  try {
    for (const start of [1, 2]) {
      const jobs = new Jobs(config, test.database);
      const run = (): Promise<void> => Promise.resolve(void starts.push(start));
      await jobs.start([{ name: 'after.crash', everySeconds: 600, atStart: true, run }]);
      expect(starts).toContain(start);
      // What the library still works on would outlive its connection.
      while ((await test.database.query(PENDING)).length > 0)
        await new Promise((next) => setTimeout(next, 20));
      await jobs.onApplicationShutdown();
    }
  } finally {
    await test.drop();
  }
});
