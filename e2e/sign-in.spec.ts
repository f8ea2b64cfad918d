import { join } from 'node:path';
import { GITHUB_CLIENT, GitHubOAuthPeer } from '@clawtank/auth/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { Rest } from '../demo/src/rest.js';
import type { RunningServer } from '../demo/src/server-process.js';
import { DESKTOP, inBrowser, PHONE, Stage, violations } from './stage.js';

/** Where pictures go; none are taken without it. */
const PICTURES = process.env['CLAWTANK_TEST_PICTURES'];
const LIMIT_MS = 90_000;
const PASSWORD = 'correct horse battery';

let github: GitHubOAuthPeer;
let stage: Stage;
let server: RunningServer;
let mira: Rest;

async function open(path: string, options: BrowserContextOptions): Promise<Page> {
  const page = await (await stage.browser.newContext(options)).newPage();
  await page.goto(server.url + path);
  return page;
}

/** What the page is refused for by the rules of accessibility; takes its picture on the way. */
async function looked(page: Page, name: string): Promise<string[]> {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  return violations(page);
}

const continueWith = (page: Page): Promise<void> =>
  page.getByRole('link', { name: 'Continue with GitHub' }).click();
const authorize = (page: Page): Promise<void> => page.getByRole('button', { name: 'Authorize' }).click();

inBrowser('signing in through GitHub, in a browser', () => {
  beforeAll(async () => {
    github = new GitHubOAuthPeer();
    github.answer = 'page';
    stage = await Stage.set({
      GITHUB_URL: await github.start(),
      GITHUB_CLIENT_ID: GITHUB_CLIENT.id,
      GITHUB_CLIENT_SECRET: GITHUB_CLIENT.secret,
    });
    server = stage.server;
    const account = { username: 'mira', email: 'mira@example.org', password: PASSWORD };
    const session = await new Rest(server.url).post<{ access_token: string }>('/auth/register', account);
    mira = new Rest(server.url, session.access_token);
  }, LIMIT_MS * 2);

  afterAll(async () => {
    await stage?.clear();
    await github?.stop();
  }, LIMIT_MS);

  it.each([
    ['a desktop in the dark', 'desktop', DESKTOP],
    ['a phone in the light', 'phone', PHONE],
  ])(
    'is there for %s',
    async (_name, size, options) => {
      for (const door of ['sign-in', 'sign-up']) {
        const page = await open(`/${door}`, options);
        await page.getByRole('link', { name: 'Continue with GitHub' }).waitFor();
        expect(await looked(page, `${door}-${size}`)).toEqual([]);
      }
    },
    LIMIT_MS,
  );

  it(
    'leads from a page that wants an account to GitHub and back to it, signed in',
    async () => {
      const page = await open('/inbox', DESKTOP);
      await page.waitForURL('**/sign-in?next=%2Finbox');
      await continueWith(page);
      expect(new URL(page.url()).origin).toBe(github.url);
      await authorize(page);
      await page.waitForURL(`${server.url}/inbox`);
      await page.getByText('Nothing needs you').waitFor();
      await page.getByRole('button', { name: 'Your account' }).click();
      await page.getByText('Mona Lisa').waitFor();
      await page.reload();
      await page.getByText('Nothing needs you').waitFor();
      await page.goto(`${server.url}/settings`);
      await page.getByText('mona-lisa', { exact: true }).waitFor();
      expect(await looked(page, 'settings-desktop')).toEqual([]);
      // The last way in stays.
      await page.getByRole('button', { name: 'Unlink GitHub account mona-lisa' }).click();
      await page.getByText('Nothing else opens your account.').first().waitFor();
    },
    LIMIT_MS,
  );

  it(
    'takes an invitation along without telling GitHub its code',
    async () => {
      github.person = { id: 99, login: 'noor', name: 'Noor', emails: [] };
      const { room } = await mira.post<{ room: { id: string } }>('/rooms', {
        name: 'Pier',
        visibility: 'private',
      });
      const { code } = await mira.post<{ code: string }>(`/rooms/${room.id}/invites`, { role: 'member' });
      const page = await open(`/invite#${code}`, PHONE);
      const visited: string[] = [];
      page.on('framenavigated', (frame) => visited.push(frame.url()));
      await page.getByRole('button', { name: 'Make an account' }).click();
      await continueWith(page);
      await authorize(page);
      await page.getByRole('button', { name: 'Join the room' }).click();
      await page.waitForURL(/\/rooms\/pier-\w{6}$/);
      expect(visited.filter((url) => url.startsWith(github.url) && url.includes(code))).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'says what to do where the e-mail address is somebody’s, who then links it',
    async () => {
      const emails = [{ email: 'mira@example.org', primary: true, verified: true }];
      github.person = { id: 7, login: 'mira-of-github', name: 'Mira', emails };
      const page = await open('/sign-in', PHONE);
      await continueWith(page);
      await authorize(page);
      await page.getByText('An account with your e-mail address exists here.').waitFor();
      expect(await looked(page, 'collision-phone')).toEqual([]);
      await page.getByLabel('User name or e-mail address').fill('mira');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(`${server.url}/rooms`);
      await page.goto(`${server.url}/settings`);
      await page.getByRole('button', { name: 'Link GitHub' }).click();
      await authorize(page);
      await page.waitForURL(`${server.url}/settings`);
      await page.getByText('mira-of-github', { exact: true }).waitFor();
      expect(await looked(page, 'settings-phone')).toEqual([]);
      await page.getByRole('button', { name: 'Unlink GitHub account mira-of-github' }).click();
      await page.getByText('Only your password opens this account so far.').waitFor();
    },
    LIMIT_MS,
  );

  it.each([
    ['a desktop in the dark', 'desktop', DESKTOP],
    ['a phone in the light', 'phone', PHONE],
  ])(
    'shows the administrator what the doctor finds, on %s',
    async (_name, size, options) => {
      const page = await open('/sign-in?next=%2Fadmin', options);
      await page.getByLabel('User name or e-mail address').fill('mira');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('CLAWTANK_URL is not set').waitFor();
      await page.getByText(/PostgreSQL 18\S* answers/).waitFor();
      expect(await looked(page, `doctor-${size}`)).toEqual([]);
      await page.getByRole('button', { name: 'Look again' }).click();
      await page.getByText('CLAWTANK_URL is not set').waitFor();
    },
    LIMIT_MS,
  );
});
