import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Rest } from '@clawtank/demo/rest';
import { furnishRoom } from '@clawtank/demo/room';
import { type RunningServer, startServer } from '@clawtank/demo/server';
import { compare, type Row } from '../row.js';
import { type BigRoom, keepSaying, makeBigRoom, say } from '../web/big-room.js';
import { type Chromium, heapOf, signIn, startChromium } from '../web/browser.js';
import { serveEmptyPage } from '../web/empty-page.js';
import { scoresOf } from '../web/lighthouse.js';
import { longestDeafness, timeToInteractive } from '../web/use-room.js';
import { scriptsOf } from '../web/weight.js';

const ACCOUNT = { username: 'bench', email: 'bench@example.org', password: 'a long bench password' };
const MORE_KB = 60;
const [TASKS, EVENTS, PER_SECOND, SECONDS] = [500, 10_000, 50, 15];
const FOLLOWED = 4_000;
const GOALS = { performance: 95, accessibility: 100, 'best-practices': 100 } as const;

/** What is measured is the page, not the patience of the limits. */
const NO_LIMITS = Object.fromEntries(
  ['COMMANDS', 'CHAT', 'ADDRESS_READS', 'ADDRESS_CONNECTIONS'].flatMap((name) => [
    [`LIMITS_${name}_PER_SECOND`, '1000000'],
    [`LIMITS_${name}_BURST`, '1000000'],
  ]),
);

/** The production pages in a browser: Lighthouse, what they weigh, and a room that is very long. */
export async function web(): Promise<readonly Row[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'clawtank-bench-'));
  await chmod(dataDir, 0o711);
  const server = await startServer(dataDir, NO_LIMITS);
  const browser = await startChromium();
  try {
    return await measure(server, browser);
  } finally {
    await browser.stop();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure({ url }: RunningServer, browser: Chromium): Promise<readonly Row[]> {
  const { access_token } = await new Rest(url).post<{ access_token: string }>('/auth/register', ACCOUNT);
  const rest = new Rest(url, access_token);
  const furnished = await furnishRoom(url);
  const empty = await serveEmptyPage();
  try {
    const { slug } = furnished.room;
    const scripts = await weigh(browser, `${url}/watch/${slug}`, empty.url);
    const open = [
      ...(await scored(browser, 'Home', `${url}/`)),
      await floor(browser, empty.url),
      ...(await scored(browser, 'Watch', `${url}/watch/${slug}`)),
    ];
    await signIn(browser, url, furnished.mira.username, furnished.password);
    return [
      ...open,
      ...(await scored(browser, 'Room', `${url}/rooms/${slug}`)),
      scripts,
      ...(await bigRoom(browser, url, rest)),
    ];
  } finally {
    await empty.stop();
    furnished.leave();
  }
}

/** What Lighthouse gives a page with nothing on it in the same minutes: what is missing there is the machine's. */
async function floor(browser: Chromium, empty: string): Promise<Row> {
  const { performance } = await scoresOf(browser, empty);
  const name = 'an empty Next page in the same minutes, Lighthouse performance; of 100';
  return compare({ name, ours: [performance], peer: [100], unit: 'points', goal: 0, better: 'higher' });
}

async function scored(browser: Chromium, name: string, url: string): Promise<readonly Row[]> {
  const scores = await scoresOf(browser, url);
  return (Object.keys(GOALS) as (keyof typeof GOALS)[]).map((what) =>
    compare({
      name: `${name}, Lighthouse ${what}; of 100`,
      ours: [scores[what]],
      peer: [100],
      unit: 'points',
      goal: GOALS[what] / 100,
      better: 'higher',
    }),
  );
}

async function weigh(browser: Chromium, watch: string, empty: string): Promise<Row> {
  const [ours, peer] = [await scriptsOf(browser, watch), await scriptsOf(browser, empty)];
  const name = `JavaScript of Watch, gzipped; of an empty Next page (at most ${String(MORE_KB)} kB more)`;
  const goal = (peer + MORE_KB) / peer;
  return compare({ name, ours: [ours], peer: [peer], unit: 'kB', goal, better: 'lower' });
}

async function bigRoom(browser: Chromium, url: string, rest: Rest): Promise<readonly Row[]> {
  await signIn(browser, url, ACCOUNT.username, ACCOUNT.password);
  const room = await makeBigRoom(rest, TASKS, EVENTS);
  const page = `${url}/rooms/${room.slug}`;
  const ready: number[] = [];
  for (let time = 0; time < 3; time += 1) ready.push(await timeToInteractive(browser, page));
  const name = `a room of ${String(EVENTS)} events and ${String(TASKS)} tasks`;
  const common = { unit: 'ms', goal: 1, better: 'lower' } as const;
  return [
    compare({
      ...common,
      name: `${name}, until it can be used; a second`,
      ours: ready,
      peer: ready.map(() => 1_000),
    }),
    ...(await usedWhileBusy(browser, page, rest, room)),
  ];
}

async function usedWhileBusy(
  browser: Chromium,
  url: string,
  rest: Rest,
  room: BigRoom,
): Promise<readonly Row[]> {
  const page = await browser.context.newPage();
  await page.goto(url);
  await page.locator('.feed .m').first().waitFor();
  const stop = keepSaying(rest, room, PER_SECOND);
  const deaf = await longestDeafness(page, SECONDS);
  await stop();
  // A page keeps a bounded stretch of the log: the first reading is of one that has reached its bounds.
  await say(rest, room, FOLLOWED);
  const before = await heapOf(page);
  await say(rest, room, FOLLOWED);
  const after = await heapOf(page);
  await page.close();
  const name = `longest task while typing and scrolling at ${String(PER_SECOND)} events/s; 50 ms (0 is under it)`;
  const memory = `memory of that page after ${String(FOLLOWED)} more events; before them`;
  return [
    compare({ name, ours: [deaf], peer: [50], unit: 'ms', goal: 1, better: 'lower' }),
    compare({ name: memory, ours: [after], peer: [before], unit: 'MiB', goal: 1.1, better: 'lower' }),
  ];
}
