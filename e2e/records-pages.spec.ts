import type { Page } from 'playwright-core';
import { type FurnishedRoom, furnishRoom } from '../demo/src/furnished-room.js';
import { waitFor } from '../demo/src/wait.js';
import { DESKTOP, hear, inBrowser, PHONE, Stage, violations } from './stage.js';

const LIMIT_MS = 120_000;
const PASSWORD = 'a long demo password';
const LOOKS = [DESKTOP, PHONE];

let stage: Stage;
const complaints: string[] = [];

/** In both themes, at both sizes: nothing to complain of and nothing beside the page. */
async function looksRight(page: Page): Promise<void> {
  for (const { viewport, colorScheme } of LOOKS) {
    if (viewport) await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: colorScheme ?? null });
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  }
}

/** A page without motion: colours that are on their way to another theme have no contrast to judge. */
async function reader(login?: string): Promise<Page> {
  const context = await stage.browser.newContext({ ...DESKTOP, reducedMotion: 'reduce' });
  const page = await context.newPage();
  hear(page, complaints, { url: stage.server.url, mayMiss: true });
  if (login === undefined) return page;
  await page.goto(`${stage.server.url}/sign-in`);
  await page.getByLabel('User name or e-mail address').fill(login);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.includes('sign-in'));
  return page;
}

inBrowser('what was earned, what was finished, and what a host decides', () => {
  let furnished: FurnishedRoom;
  let slug: string;

  beforeAll(async () => {
    stage = await Stage.set();
    furnished = await furnishRoom(stage.server.url);
    slug = furnished.room.slug;
  }, LIMIT_MS);

  afterAll(async () => {
    furnished?.leave();
    await stage?.clear();
    expect(complaints).toEqual([]);
  }, LIMIT_MS);

  it(
    'lead from the leaderboard to a record that says why each number is what it is',
    async () => {
      const page = await reader('mira');
      await page.goto(`${stage.server.url}/leaderboard`);
      await page.getByRole('link', { name: 'Pincer' }).waitFor();
      await page.getByText('People', { exact: true }).click();
      await page.getByRole('link', { name: 'Pincer' }).waitFor({ state: 'detached' });
      await page.getByText('Everybody', { exact: true }).click();
      await page.getByRole('link', { name: 'Pincer' }).click();
      await page.getByRole('heading', { name: 'Pincer', level: 1 }).waitFor();
      await page.getByText('First catch').waitFor();
      await page.getByText('Merged work', { exact: true }).click();
      await page.getByRole('rowheader', { name: 'speed' }).waitFor();
      await looksRight(page);
      await page.getByRole('link', { name: 'Mira Okafor' }).click();
      await page.getByRole('heading', { name: 'Mira Okafor', level: 1 }).waitFor();
      await looksRight(page);
    },
    LIMIT_MS,
  );

  it(
    'keep somebody out of the leaderboard who does not want to be in it',
    async () => {
      const page = await reader('jonas');
      await page.goto(`${stage.server.url}/leaderboard`);
      await page.getByRole('link', { name: 'Jonas Lindqvist' }).waitFor();
      await page.goto(`${stage.server.url}/settings`);
      await page.getByText('Keep me out of leaderboards').click();
      await page.getByRole('switch', { name: /Keep me out/, checked: true }).waitFor();
      await page.goto(`${stage.server.url}/leaderboard`);
      await page.getByRole('link', { name: 'Pincer' }).waitFor();
      expect(await page.getByRole('link', { name: 'Jonas Lindqvist' }).count()).toBe(0);
      await looksRight(page);
    },
    LIMIT_MS,
  );

  it(
    'let a member report and block another, and not change the room',
    async () => {
      const page = await reader('jonas');
      await page.goto(`${stage.server.url}/rooms/${slug}`);
      await page.getByRole('button', { name: 'What to do with Mira Okafor' }).press('Enter');
      expect(await page.getByRole('menuitem', { name: 'Ban' }).count()).toBe(0);
      await page.getByRole('menuitem', { name: 'Report' }).click();
      await page.getByLabel('What is wrong?').fill('Too many exclamation marks');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Report' }).click();
      await page.getByText('An administrator will look at it.', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'What to do with Mira Okafor' }).press('Enter');
      await page.getByRole('menuitem', { name: 'Block' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
      await page.getByText('Mira Okafor is blocked', { exact: true }).waitFor();
      await page.goto(`${stage.server.url}/settings`);
      await page.getByRole('button', { name: 'Unblock Mira Okafor' }).waitFor();
      await page.goto(`${stage.server.url}/rooms/${slug}/settings`);
      await page.getByText('Mira Okafor decides here').waitFor();
      await looksRight(page);
    },
    LIMIT_MS,
  );

  it(
    'change what a host decides, for everybody at once',
    async () => {
      const theirs = await reader('jonas');
      await theirs.goto(`${stage.server.url}/rooms/${slug}`);
      await theirs.getByRole('heading', { name: 'roast', level: 1 }).waitFor();
      const page = await reader('mira');
      await page.goto(`${stage.server.url}/rooms/${slug}/settings`);
      await page.getByRole('textbox', { name: 'Name' }).waitFor();
      await looksRight(page);
      await page.getByRole('textbox', { name: 'Name' }).fill('roastery');
      await page.getByRole('region', { name: 'Basics' }).getByRole('button', { name: 'Save' }).click();
      await theirs.getByRole('heading', { name: 'roastery', level: 1 }).waitFor();
      const work = page.getByRole('region', { name: 'How work is shared out' });
      await work.getByLabel('A claim on paths that somebody holds').selectOption('queue');
      await work.getByRole('button', { name: 'Save' }).click();
      await waitFor('the lease policy', async () => {
        const { room } = await furnished.mira.rest.get<{ room: { settings: { lease_policy: string } } }>(
          `/rooms/${slug}`,
        );
        return room.settings.lease_policy === 'queue' || undefined;
      });
    },
    LIMIT_MS,
  );

  it(
    'tell a finished room to strangers, from the server, with the way to its replay',
    async () => {
      expect((await fetch(`${stage.server.url}/showcase/${slug}`)).status).toBe(404);
      await furnished.mira.rest.post(`/rooms/${slug}/complete`, { confirm: true });
      await waitFor(
        'the showcase',
        async () => (await fetch(`${stage.server.url}/showcase/${slug}`)).ok || undefined,
      );
      const page = await reader();
      await page.goto(`${stage.server.url}/showcase`);
      await page.getByRole('link', { name: 'roastery' }).waitFor();
      await looksRight(page);
      await page.getByRole('link', { name: 'roastery' }).click();
      await page.getByText(/finished 1 task/).waitFor();
      await page.getByText('Roast templates, playful not harsh').waitFor();
      await looksRight(page);
      await page.getByRole('link', { name: 'Replay' }).click();
      await page.getByText(/Event \d+ of \d+/).waitFor();
      await looksRight(page);
    },
    LIMIT_MS,
  );

  it(
    'replay a private room to its members, and to nobody else',
    async () => {
      const { room } = await furnished.mira.rest.post<{ room: { slug: string } }>('/rooms', {
        name: 'Quiet cove',
        visibility: 'private',
        repository: { host: 'local' },
      });
      await furnished.mira.rest.post(`/rooms/${room.slug}/messages`, { text: 'between us' });
      const address = `${stage.server.url}/replay/${room.slug}`;
      expect((await fetch(address)).status).toBe(404);
      for (const stranger of [await reader(), await reader('jonas')]) {
        await stranger.goto(address);
        await stranger.getByRole('heading', { level: 1 }).waitFor();
        expect(await stranger.getByText('between us').count()).toBe(0);
      }
      const page = await reader('mira');
      await page.goto(address);
      await page.getByText('between us').waitFor();
      await page.getByRole('slider', { name: 'Position in the replay' }).press('Home');
      await page.getByText('between us').waitFor({ state: 'detached' });
      await looksRight(page);
    },
    LIMIT_MS,
  );

  it(
    'delete a room only for who typed its name',
    async () => {
      const made = await furnished.mira.rest.post<{ room: { slug: string } }>('/rooms', {
        name: 'Short lived',
        visibility: 'private',
        repository: { host: 'local' },
      });
      const page = await reader('mira');
      await page.goto(`${stage.server.url}/rooms/${made.room.slug}/settings`);
      await page.getByRole('button', { name: 'Delete' }).click();
      const dialog = page.getByRole('dialog');
      expect(await dialog.getByRole('button', { name: 'Delete for good' }).isDisabled()).toBe(true);
      await dialog.getByLabel(`Type ${made.room.slug} to be sure`).fill(made.room.slug);
      await dialog.getByRole('button', { name: 'Delete for good' }).click();
      await page.waitForURL('**/rooms');
      await page.getByRole('link', { name: 'roastery' }).waitFor();
      expect(await page.getByRole('link', { name: 'Short lived' }).count()).toBe(0);
    },
    LIMIT_MS,
  );
});
