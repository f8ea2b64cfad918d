import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { createTestLog, type TestLog } from '../testing.js';
import { inKeptOrder } from './kept-order.js';

describe('the order of properties', () => {
  let log: TestLog;
  beforeAll(async () => {
    log = await createTestLog();
  });
  afterAll(() => log.drop());

  it('is the one that the database gives back', async () => {
    const seed = randomInt(2 ** 31);
    // It keeps no text with a zero byte, nor half a character; the latter never passes a command's door.
    const text = fc.string({ unit: 'grapheme', maxLength: 6 }).filter((given) => !given.includes('\0'));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(text, tie('tree'), { maxKeys: 8 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { minLength: 30, maxLength: 60 }), async (given) => {
        const [row] = await log.database.query<{ kept: unknown }>('SELECT $1::jsonb AS kept', [
          JSON.stringify(given),
        ]);
        expect(JSON.stringify(inKeptOrder(given))).toBe(JSON.stringify(row?.kept));
      }),
      { seed, numRuns: 30 },
    );
  });
});
