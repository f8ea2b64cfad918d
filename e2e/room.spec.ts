import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { type FurnishedRoom, furnishRoom } from '../demo/src/furnished-room.js';
import type { Person } from '../demo/src/people.js';
import { waitFor } from '../demo/src/wait.js';
import { DESKTOP, hear, inBrowser, LIGHT, PHONE, Stage, violations } from './stage.js';

const LIMIT_MS = 90_000;
const PASSWORD = 'a long demo password';

let stage: Stage;
let furnished: FurnishedRoom;

/** The room's page as one of its people, and what it complained of: errors, its policy, requests to other hosts. */
async function enter(
  person: Person,
  options: BrowserContextOptions,
): Promise<{ page: Page; complaints: string[] }> {
  const context = await stage.browser.newContext(options);
  const signedIn = await context.request.post(`${stage.server.url}/api/v1/auth/login`, {
    data: { login: person.username, password: PASSWORD },
    headers: { origin: stage.server.url },
  });
  expect(signedIn.ok()).toBe(true);
  const page = await context.newPage();
  const complaints: string[] = [];
  hear(page, complaints, { url: stage.server.url });
  await page.goto(`${stage.server.url}/rooms/${furnished.room.slug}`);
  await page.getByRole('textbox', { name: 'Message roast' }).waitFor();
  return { page, complaints };
}

const messages = (page: Page) => page.getByRole('log', { name: 'Messages' });
const board = (page: Page) => page.getByRole('region', { name: 'Board', exact: true });

const HIGHEST = 60;

/** Of a long list only what is in sight is in the page: goes up until the line is there. */
async function scrollUpTo(page: Page, line: Locator): Promise<void> {
  await messages(page).hover();
  for (let n = 0; n < HIGHEST && (await line.count()) === 0; n += 1) {
    await page.mouse.wheel(0, -200);
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  }
  await line.waitFor();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message roast' }).fill(text);
  await page.keyboard.press('Enter');
}

async function middleOf(target: Locator): Promise<[number, number]> {
  const box = await target.boundingBox();
  if (!box) throw new Error('nothing to see of it');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** @param by how far below its upper edge; its middle otherwise */
async function moveTo(page: Page, target: Locator, { by }: { by?: number } = {}): Promise<void> {
  const [x, middle] = await middleOf(target);
  const box = await target.boundingBox();
  await page.mouse.move(x, by === undefined || !box ? middle : box.y + by, { steps: 8 });
}

inBrowser('a room, in the browsers of its people', () => {
  beforeAll(async () => {
    stage = await Stage.set();
    furnished = await furnishRoom(stage.server.url);
  }, LIMIT_MS * 2);

  afterAll(async () => {
    furnished?.leave();
    await stage?.clear();
  });

  it.each([
    ['a desktop in the dark', DESKTOP],
    ['a desktop in the light', LIGHT],
  ])(
    'shows on %s who does what, and no tab of it finds a complaint',
    async (_name, options) => {
      const { page, complaints } = await enter(furnished.mira, options);
      const agents = page.getByRole('region', { name: 'Agents', exact: true });
      await agents.getByText('41 of 64 tests').waitFor();
      await agents.getByText('Waiting for a person').waitFor();
      await page.getByRole('region', { name: 'Needs you' }).getByText('Cache parsed log').waitFor();
      await board(page).getByText('Will conflict with').first().waitFor();
      expect(await violations(page)).toEqual([]);
      for (const tab of ['Activity', 'Code', 'Conflicts']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.getByRole('region', { name: tab }).waitFor();
        expect(await violations(page)).toEqual([]);
      }
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'carries what one says to the other at once, as text whatever it holds',
    async () => {
      const mira = await enter(furnished.mira, DESKTOP);
      const jonas = await enter(furnished.jonas, LIGHT);
      const hostile = '<img src=x onerror="document.title=1"> **bold** [here](javascript:alert(1))';
      await say(jonas.page, hostile);
      const line = messages(mira.page).getByText('<img src=x');
      await line.waitFor();
      await messages(mira.page).locator('strong', { hasText: 'bold' }).waitFor();
      expect(await messages(mira.page).locator('a[href^="javascript"]').count()).toBe(0);
      expect(await mira.page.title()).not.toBe('1');
      expect([...mira.complaints, ...jonas.complaints]).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'answers an agent with one press',
    async () => {
      const { page } = await enter(furnished.mira, DESKTOP);
      const question = page.getByRole('article', { name: 'Tidepool asks' });
      await question.getByRole('button', { name: 'Include fish' }).click();
      await question.getByText('Answered: Include fish').waitFor();
    },
    LIMIT_MS,
  );

  it(
    'makes a task of what was asked for in the chat',
    async () => {
      const { page } = await enter(furnished.mira, DESKTOP);
      const tray = page.getByRole('region', { name: 'Suggested tasks' });
      await tray.getByRole('button', { name: /^Accept: .*pyproject/ }).click();
      await board(page)
        .getByText(/defaults in pyproject/)
        .waitFor();
      await scrollUpTo(page, messages(page).getByText('became').first());
    },
    LIMIT_MS,
  );

  it(
    'moves a card by keyboard and by pointer, and says why one stays',
    async () => {
      const { page } = await enter(furnished.mira, DESKTOP);
      const card = page.getByRole('article', { name: /Read defaults from/ });
      await card.getByRole('button', { name: /^Move T-/ }).focus();
      await page.keyboard.press('Space');
      const told = page.getByRole('status').filter({ hasText: /Over|Picked up/ });
      await told.getByText('Over Open.').waitFor();
      await page.keyboard.press('ArrowUp');
      await told.getByText('Over Claimed.').waitFor();
      await page.keyboard.press('Space');
      const ask = page.getByRole('dialog', { name: /^Give T-/ });
      await ask.getByText('Mira Okafor', { exact: true }).click();
      await ask.getByRole('button', { name: 'Assign' }).click();
      await page
        .getByRole('region', { name: 'Claimed', exact: true })
        .getByText('Read defaults from')
        .waitFor();

      const open = page.getByRole('article', { name: /Golden tests/ });
      await moveTo(page, open, { by: 10 });
      await page.mouse.down();
      await page.mouse.move(...(await middleOf(open)), { steps: 4 });
      await told.getByText(/Picked up|Over/).waitFor();
      // The board may still be making room for the card before.
      await waitFor('the card to be over Review', async () => {
        await moveTo(page, page.getByRole('region', { name: 'Review', exact: true }));
        return (await told.getByText('Over Review.').count()) > 0 ? true : undefined;
      });
      await page.mouse.up();
      await page.getByText('is not in progress').first().waitFor();
    },
    LIMIT_MS,
  );

  it(
    'opens the review that a link names',
    async () => {
      const { page } = await enter(furnished.mira, DESKTOP);
      const { pull_requests: pulls } = await furnished.room.snapshot(furnished.mira);
      const { number = 0, title = '' } = pulls.find(({ state }) => state === 'open') ?? {};
      await page.goto(`${stage.server.url}/rooms/${furnished.room.slug}?pull=${String(number)}`);
      await page.getByRole('region', { name: 'Changes', exact: true }).waitFor();
      await page.getByRole('heading', { name: title }).waitFor();
    },
    LIMIT_MS,
  );

  it(
    'reviews with a line comment, approves and merges',
    async () => {
      const { page, complaints } = await enter(furnished.mira, DESKTOP);
      await page.getByRole('region', { name: 'Needs you' }).getByText('Cache parsed log').click();
      const file = page.getByRole('region', { name: 'roast/gitlog.py', exact: true });
      await file.getByRole('button', { name: 'Comment on line 6' }).click();
      await file.getByRole('textbox', { name: 'Comment' }).fill('Two writers at once?');
      await file.getByRole('button', { name: 'Add to review' }).click();
      await page.getByText('1 comment').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Approve and merge' }).click();
      await page.getByText(`Merged #${furnished.waiting}`).first().waitFor();
      const { pull_requests: pulls } = await furnished.room.snapshot(furnished.mira);
      const merged = pulls.find(({ number }) => number === furnished.waiting);
      expect(merged).toMatchObject({ state: 'merged', reviews: [{ comments: [{ line: 6 }] }] });
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'works by keyboard alone: palette, keys, a new task',
    async () => {
      const { page } = await enter(furnished.mira, DESKTOP);
      await page.locator('body').press('c');
      const form = page.getByRole('dialog', { name: 'New task' });
      await form.waitFor();
      await page.keyboard.type('Sing about the sea');
      await page.keyboard.press('Enter');
      await board(page).getByText('Sing about the sea').waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByPlaceholder('Go somewhere').waitFor();
      await page.keyboard.type('conflicts');
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Conflicts', exact: true }).waitFor();
      await page.locator('body').press('?');
      await page.getByRole('dialog', { name: 'Keys' }).getByText('New task').waitFor();
      expect(await violations(page)).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'fits a phone, column by column',
    async () => {
      const { page, complaints } = await enter(furnished.jonas, PHONE);
      const tabs = page.getByRole('navigation', { name: 'Room sections' });
      expect(await violations(page)).toEqual([]);
      await tabs.getByRole('button', { name: 'Members' }).click();
      await page.getByRole('region', { name: 'Agents', exact: true }).getByText('Pincer').waitFor();
      expect(await violations(page)).toEqual([]);
      await tabs.getByRole('button', { name: 'Board' }).click();
      await board(page).getByText('Shell completions').waitFor();
      expect(await violations(page)).toEqual([]);
      const wide = 'document.documentElement.scrollWidth > innerWidth';
      expect(await page.evaluate<boolean>(wide)).toBe(false);
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'loses nothing typed when the server dies, and goes on where it was when it is back',
    async () => {
      const { page } = await enter(furnished.mira, DESKTOP);
      const box = page.getByRole('textbox', { name: 'Message roast' });
      await box.fill('half a thought');
      await stage.server.kill();
      await page.getByText('Reconnecting. What you type is kept.').waitFor();
      await box.pressSequentially(', and the rest');
      await page.keyboard.press('Enter');
      await messages(page).getByText('half a thought, and the rest').waitFor();
      await box.fill('still a draft');
      await stage.startAgain();
      await page.getByText('Reconnecting. What you type is kept.').waitFor({ state: 'hidden' });
      await waitFor('the line in the log', async () => {
        const { messages: said } = await furnished.room.snapshot(furnished.mira);
        return said.filter(({ text }) => text === 'half a thought, and the rest').length === 1 || undefined;
      });
      await page.getByRole('article', { name: 'Your message, being sent' }).waitFor({ state: 'detached' });
      expect(await messages(page).getByText('half a thought, and the rest').count()).toBe(1);
      expect(await box.inputValue()).toBe('still a draft');
    },
    LIMIT_MS,
  );
});
