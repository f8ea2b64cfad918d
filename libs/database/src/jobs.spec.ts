import { Jobs } from './jobs.js';
import { createTestDatabase } from './testing.js';

const NAMES = ['one', 'two', 'three', 'four', 'five', 'six'];

// The job library looks at its workers once more, until they have all ended.
afterAll(() => new Promise((resolve) => setTimeout(resolve, 3_000)));

describe('jobs', () => {
  it('start on many nodes at once over an empty database, and run', async () => {
    const test = await createTestDatabase([]);
    const config = { url: test.url, poolSize: 4, statementTimeoutMs: 20_000 };
    const ran = new Set<string>();
    const nodes = Array.from({ length: 4 }, () => new Jobs(config, test.database));
    const jobs = NAMES.map((name) => ({
      name,
      everySeconds: 1,
      run: () => {
        ran.add(name);
        return Promise.resolve();
      },
    }));
    try {
      await Promise.all(nodes.map((node) => node.start(jobs)));
      while (ran.size < NAMES.length) await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await Promise.all(nodes.map((node) => node.onApplicationShutdown()));
      await test.drop();
    }
  });
});
