import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@clawtank/database/testing';
import { MIGRATIONS } from '@clawtank/platform';
import { testEnvironment } from '@clawtank/platform/testing';
import fc from 'fast-check';
import { bootGateway, type Person, type TestGateway } from '../test-gateway.js';
import { expectAllShown, expectEachOnce, expectFolded, expectForgotten } from './checks.js';
import { type Model, READERS, STEPS } from './commands.js';
import { Reader } from './reader.js';
import { NODES, type Stage, World } from './world.js';

const LIMIT_MS = 120_000;
const RUNS = 15;
const MOST_STEPS = 60;
/** A busy machine makes fewer runs, at least one, rather than none in time. */
const ENOUGH_MS = 20_000;
/** After this a run that waits for what never comes has failed. */
const STUCK_MS = 20_000;

let test: TestDatabase;
let gitRoot: string;
let stage: Stage;
let steady: TestGateway;
beforeAll(async () => {
  test = await createTestDatabase(MIGRATIONS);
  gitRoot = await mkdtemp(join(tmpdir(), 'clawtank-model-'));
  const redis = process.env['CLAWTANK_TEST_REDIS_URL'];
  const env = {
    ...testEnvironment(test, gitRoot),
    DATABASE_POOL_SIZE: '6',
    ...(redis === undefined ? {} : { REDIS_URL: redis }),
  };
  steady = await bootGateway(env);
  const people: Person[] = [await steady.aPerson('ada'), await steady.aPerson('bob')];
  stage = { steady, env, people, nodes: Array.from({ length: NODES }, () => null) };
}, LIMIT_MS);
afterAll(async () => {
  for (const node of stage.nodes) await node?.gateway.close();
  await steady.close();
  await test.drop();
  await rm(gitRoot, { recursive: true, force: true });
});

/** A room that is set up, with two members and two strangers who look on. */
async function begin(): Promise<{ model: Model; world: World }> {
  const [ada, bob] = stage.people;
  if (!ada || !bob) throw new Error('there is nobody');
  const roomId = await steady.aRoom(ada, 'public', [bob]);
  await steady.settle();
  const readers = [ada, bob, null, null].map((person) => new Reader(roomId, person));
  const world = new World(stage, roomId, readers);
  for (let node = 0; node < NODES; node += 1) if (!stage.nodes[node]) await world.boot(node);
  for (const [index, reader] of readers.entries()) await reader.connect(world.url(index % NODES));
  const at = Array.from({ length: READERS }, (_, index) => index % NODES);
  const model = { at, alive: [true, true], messages: [], tasks: [], firsts: new Map<string, number>() };
  return { model, world };
}

describe('commands, crashes, reconnects and replays in any order', () => {
  it(
    'leave each acknowledged command once in everybody’s stream',
    async () => {
      const seed = Number(process.env['MODEL_SEED'] ?? randomInt(2 ** 31));
      console.log(`MODEL_SEED=${seed}`);
      const end = Date.now() + ENOUGH_MS;
      let steps = 0;
      const plan = fc.commands(STEPS, { maxCommands: MOST_STEPS, size: 'max' });
      const property = fc.asyncProperty(plan, async (commands) => {
        if (steps > 0 && Date.now() > end) return;
        const { model, world } = await begin();
        try {
          await fc.asyncModelRun(() => ({ model, real: world }), commands);
          await world.gather();
          await expectEachOnce(world);
          await expectAllShown(world);
          await expectFolded(world);
          await expectForgotten(world);
          steps += [...commands].length;
        } finally {
          for (const reader of world.readers) reader.cut();
        }
      });
      await fc.assert(property, { seed, numRuns: RUNS, timeout: STUCK_MS });
      expect(steps).toBeGreaterThan(0);
    },
    LIMIT_MS,
  );
});
