import { mkdir } from 'node:fs/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { PASSWORD, type Person, register } from '../demo/src/people.js';
import { DESKTOP, hear, inBrowser, LIGHT, PHONE, Stage, violations } from './stage.js';

const LIMIT_MS = 120_000;
/** Where pictures go for those who want to look; nowhere unless it is asked for. */
const PICTURES = process.env['CLAWTANK_E2E_PICTURES'];

let stage: Stage;
let mira: Person;
let jonas: Person;
const complaints: string[] = [];

async function device(username: string, options: BrowserContextOptions): Promise<Page> {
  const page = await (await stage.browser.newContext(options)).newPage();
  hear(page, complaints, { url: stage.server.url, mayMiss: true });
  await page.goto(`${stage.server.url}/sign-in?next=%2Fmessages`);
  await page.getByLabel('User name or e-mail address').fill(username);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Messages' }).waitFor();
  return page;
}

async function looksRight(page: Page, name: string): Promise<void> {
  expect(await violations(page)).toEqual([]);
  if (PICTURES === undefined) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

inBrowser('what is written to one person alone', () => {
  beforeAll(async () => {
    stage = await Stage.set();
    mira = await register(stage.server.url, 'mira', 'mira', 'Mira Okafor');
    jonas = await register(stage.server.url, 'jonas', 'jonas', 'Jonas Lindqvist');
    const body = { name: 'Reef', visibility: 'private' };
    const { room } = await mira.rest.post<{ room: { id: string } }>('/rooms', body);
    const { code } = await mira.rest.post<{ code: string }>(`/rooms/${room.id}/invites`, { role: 'member' });
    await jonas.rest.post('/invites/accept', { code });
  }, LIMIT_MS);

  afterAll(async () => {
    await stage?.clear();
    expect(complaints).toEqual([]);
  }, LIMIT_MS);

  it(
    'reaches each of their devices, and is read on all once it is read on one',
    async () => {
      const desk = await device('mira', DESKTOP);
      const phone = await device('mira', PHONE);
      const other = await device('jonas', LIGHT);
      await desk.getByText('No messages yet').waitFor();
      await looksRight(desk, 'messages-empty');

      await jonas.rest.post('/me/messages', { to: mira.id, text: 'The tide table is wrong on Sundays.' });
      for (const page of [desk, phone]) await page.getByText('1 new').waitFor();
      await looksRight(phone, 'messages-new-phone');

      await desk.getByRole('link', { name: 'Jonas Lindqvist' }).click();
      const talk = desk.getByRole('region', { name: 'Talk with Jonas Lindqvist' });
      await talk.getByText('The tide table is wrong on Sundays.').waitFor();
      for (const page of [desk, phone]) await page.getByText('1 new').waitFor({ state: 'detached' });

      await talk.getByLabel('Message').fill('<b>Which one?</b>');
      await desk.keyboard.press('Enter');
      await talk.getByText('<b>Which one?</b>').waitFor();
      await looksRight(desk, 'messages-talk');
      await other.getByRole('link', { name: 'Mira Okafor' }).click();
      await other.getByRole('region').getByText('<b>Which one?</b>').waitFor();
      await looksRight(other, 'messages-talk-light');
      await phone.getByRole('link', { name: 'Jonas Lindqvist' }).click();
      await phone.getByRole('region').getByText('<b>Which one?</b>').waitFor();
      await looksRight(phone, 'messages-talk-phone');
    },
    LIMIT_MS,
  );
});
