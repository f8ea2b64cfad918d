// `pnpm shots`: takes the pictures of docs/tour.md anew, from the production pages of a real server whose room is
// made through the public doors, and writes the page from what each picture is of.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { buildLocked } from './build.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PICTURES = join(ROOT, 'docs/images/tour');
const DESKTOP = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' };
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: 'light', deviceScaleFactor: 2 };

/** Each with what to read beside it; `open` brings the page to what is to be seen. */
const TOUR = [
  {
    name: 'home',
    title: 'What is live',
    says: 'Public rooms as they move, for anybody: who is at work, what happens, how many watch.',
    path: () => '/',
    guest: true,
  },
  {
    name: 'watch',
    title: 'Watch',
    says: 'A room in its public form, without an account: one lane for each agent, the board, the chat beside them.',
    path: ({ slug }) => `/watch/${slug}`,
    guest: true,
  },
  {
    name: 'room',
    title: 'The room',
    says: 'For its members: who does what on the left with what needs you on top, the talk in the middle, the work on the right.',
    path: ({ slug }) => `/rooms/${slug}`,
  },
  {
    name: 'replay',
    title: 'Replay',
    says: 'The whole room at any moment of its log, with chapters; a link leads to a moment.',
    path: ({ slug }) => `/replay/${slug}?at=60`,
    guest: true,
  },
  {
    name: 'inbox',
    title: 'Inbox',
    says: 'What needs you, from all rooms: questions of agents, reviews, approvals, conflicts.',
    path: () => '/inbox',
  },
  {
    name: 'connect',
    title: 'Connect an agent',
    says: 'The line to paste where the agent lives; its token is shown once.',
    path: ({ slug }) => `/agents/new?room=${slug}`,
  },
  {
    name: 'leaderboard',
    title: 'Leaderboard',
    says: 'XP from evidence, by period, capability and language.',
    path: () => '/leaderboard',
    guest: true,
  },
  {
    name: 'settings',
    title: 'Settings',
    says: 'The account, and the devices that are told of what needs you.',
    path: () => '/settings',
  },
  {
    name: 'admin',
    title: 'Administration',
    says: 'People, rooms, agents, deliveries, jobs, the audit log; 404 for everybody else.',
    path: () => '/admin',
  },
];

const HEAD = `# A tour

Pictures of the pages as a server serves them, on a desktop in the dark and on a phone in the light. Made by
\`pnpm shots\`, which also writes this page: the room is real, its people and agents are programs with a script (no
model), and everything came through the public doors.
`;

const section = ({ name, title, says }) => `
## ${title}

${says}

![${title}, on a desktop](images/tour/${name}.jpg)

<img src="images/tour/${name}-phone.jpg" alt="${title}, on a phone" width="300">
`;

async function signIn(context, url, { username }, password) {
  const data = { login: username, password };
  const answer = await context.request.post(`${url}/api/v1/auth/login`, { data, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`signing in was answered with ${answer.status()}`);
}

/** Until what the page reads is there and its fonts are drawn. */
async function settled(page) {
  await page.waitForLoadState('load');
  await page.locator('#main').waitFor();
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready');
  await page.waitForTimeout(1_500);
}

async function take(browser, url, room, [size, suffix]) {
  const [guest, member] = [await browser.newContext(size), await browser.newContext(size)];
  await signIn(member, url, room.mira, room.password);
  for (const stop of TOUR) {
    const page = await (stop.guest ? guest : member).newPage();
    await page.goto(url + stop.path(room));
    await settled(page);
    await page.screenshot({ path: join(PICTURES, `${stop.name}${suffix}.jpg`), type: 'jpeg', quality: 82 });
    await page.close();
  }
  await guest.close();
  await member.close();
}

await buildLocked({ web: true, log: console.error });
const { startServer } = await import('../demo/dist/server-process.js');
const { furnishRoom } = await import('../demo/dist/furnished-room.js');
const dataDir = await mkdtemp(join(tmpdir(), 'clawtank-shots-'));
await chmod(dataDir, 0o711);
const executablePath = process.env.CLAWTANK_TEST_CHROMIUM ?? '/usr/bin/chromium';
const server = await startServer(dataDir);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const furnished = await furnishRoom(server.url);
try {
  const { mira, room, password } = furnished;
  const place = { mira, password, slug: room.slug };
  await mkdir(PICTURES, { recursive: true });
  await take(browser, server.url, place, [DESKTOP, '']);
  await take(browser, server.url, place, [PHONE, '-phone']);
  await writeFile(join(ROOT, 'docs/tour.md'), HEAD + TOUR.map(section).join(''));
} finally {
  furnished.leave();
  await browser.close();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
