import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { Rest } from '../demo/src/rest.js';
import { waitFor } from '../demo/src/wait.js';
import { DESKTOP, hear, inBrowser, PHONE, Stage, violations } from './stage.js';

const LIMIT_MS = 90_000;
const PASSWORD = 'correct horse battery';

let stage: Stage;
const complaints: string[] = [];

/** Pages of one person; what they complain of is kept. */
async function person(options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await stage.browser.newContext(options);
  // A page of another part may be missing while it is being prefetched.
  context.on('page', (page) => hear(page, complaints, { url: stage.server.url, mayMiss: true }));
  return context;
}

async function signUp(context: BrowserContext, name: string, at = '/sign-up'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(stage.server.url + at);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('User name').fill(name.toLowerCase());
  await page.getByLabel('E-mail address').fill(`${name.toLowerCase()}@example.org`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make the account' }).click();
  return page;
}

/** Until no part of the page says that it is loading. */
const loaded = (page: Page): Promise<true> =>
  waitFor('the page to be loaded', async () =>
    (await page.getByRole('status', { name: 'Loading' }).count()) === 0 ? true : undefined,
  );

const restOf = async (login: string): Promise<Rest> => {
  const body = { login, password: PASSWORD };
  const { access_token } = await new Rest(stage.server.url).post<{ access_token: string }>(
    '/auth/login',
    body,
  );
  return new Rest(stage.server.url, access_token);
};

inBrowser('the pages of people with an account', () => {
  let mira: BrowserContext;
  let slug: string;

  beforeAll(async () => {
    stage = await Stage.set();
    mira = await person(DESKTOP);
  }, LIMIT_MS);

  afterAll(async () => {
    await stage?.clear();
    expect(complaints).toEqual([]);
  }, LIMIT_MS);

  it(
    'lead from nothing to a room',
    async () => {
      const page = await signUp(mira, 'Mira', '/sign-up?next=%2Frooms%2Fnew');
      await page.waitForURL('**/rooms/new');
      await page.getByLabel('Name').fill('Harbour');
      await page.getByRole('radio', { name: /^Public/ }).check();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Open the room' }).click();
      await page.waitForURL(/\/rooms\/harbour-\w{6}$/);
      slug = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      await page.goto(`${stage.server.url}/rooms`);
      await page.getByRole('link', { name: 'Harbour' }).waitFor();
      expect(await violations(page)).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'send a guest to sign in, and back; a wrong password is said',
    async () => {
      const page = await (await person(PHONE)).newPage();
      await page.goto(`${stage.server.url}/inbox`);
      await page.waitForURL('**/sign-in?next=%2Finbox');
      await page.getByLabel('User name or e-mail address').fill('mira');
      await page.getByLabel('Password').fill('not this one');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('User name or password is wrong.').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/inbox');
      await page.getByText('Nothing needs you').waitFor();
      expect(await violations(page)).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'light up when the agent that got the token is really there',
    async () => {
      const page = await mira.newPage();
      await page.goto(`${stage.server.url}/agents/new?room=${slug}`);
      await page.getByLabel('Name', { exact: true }).fill('Pincer');
      await page.getByText('Any command').click();
      await page.getByRole('button', { name: 'Make its token' }).click();
      const token = (await page.getByLabel('The agent token', { exact: true }).textContent())?.trim() ?? '';
      expect(token).toMatch(/^clw_/);
      expect(await page.getByLabel('The line that starts it', { exact: true }).textContent()).toContain(
        `--room ${slug} --name Pincer`,
      );
      await page.getByText('Waiting for Pincer').waitFor();
      expect(await violations(page)).toEqual([]);
      const { access_token } = await new Rest(stage.server.url).post<{ access_token: string }>(
        '/auth/agent-token',
        {
          token,
        },
      );
      const agent = new Rest(stage.server.url, access_token);
      const room = await agent.get<{ room: { id: string } }>(`/rooms/${slug}`);
      const registration = { room_id: room.room.id, model: 'scripted', capabilities: ['code'] };
      await agent.post('/agents/register', registration);
      await agent.post('/agents/status', { room_id: room.room.id, status: 'ready' });
      await page.getByText('Pincer is connected').waitFor();
      await agent.post('/agents/ask', { room_id: room.room.id, text: 'Which port?', options: ['80', '443'] });
    },
    LIMIT_MS,
  );

  it(
    'bring what needs somebody, and take the answer on the spot',
    async () => {
      const page = await mira.newPage();
      await page.goto(`${stage.server.url}/inbox`);
      await page.getByRole('link', { name: /Pincer asks in Harbour: Which port/ }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('j');
      await page.locator(':focus', { hasText: 'Which port' }).waitFor();
      await page.getByRole('button', { name: 'Answer' }).click();
      await page.getByRole('button', { name: '443' }).click();
      await page.getByRole('button', { name: 'Answer' }).waitFor({ state: 'detached' });
    },
    LIMIT_MS,
  );

  it(
    'take somebody from an invitation through a new account into the room',
    async () => {
      const rest = await restOf('mira');
      const { code } = await rest.post<{ code: string }>(`/rooms/${slug}/invites`, { role: 'member' });
      const context = await person(PHONE);
      const asked: string[] = [];
      context.on('request', (request) => asked.push(request.url()));
      const guest = await context.newPage();
      await guest.goto(`${stage.server.url}/invite#${code}`);
      await guest.getByRole('button', { name: 'Make an account' }).click();
      await guest.waitForURL('**/sign-up**');
      await guest.getByLabel('Your name').fill('Jonas');
      await guest.getByLabel('User name').fill('jonas');
      await guest.getByLabel('E-mail address').fill('jonas@example.org');
      await guest.getByLabel('Password').fill(PASSWORD);
      await guest.getByRole('button', { name: 'Make the account' }).click();
      await guest.getByRole('button', { name: 'Join the room' }).click();
      await guest.waitForURL(`**/rooms/${slug}`);
      // The code reached the server in the one question about it, and in the body that accepted it.
      expect(asked.filter((url) => url.includes(code) && !url.includes('/api/v1/invites/'))).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'replay the room at any moment of its log',
    async () => {
      const rest = await restOf('mira');
      await rest.post(`/rooms/${slug}/messages`, { text: 'the first word' });
      await rest.post(`/rooms/${slug}/tasks`, { title: 'Paint the boat' });
      for (const options of [DESKTOP, PHONE]) {
        const page = await (await person(options)).newPage();
        const reads: string[] = [];
        page.on('request', (request) => request.url().includes('/events?') && reads.push(request.url()));
        await page.goto(`${stage.server.url}/replay/${slug}?at=2`);
        await page.getByText(/Event \d+ of \d+/).waitFor();
        expect(await page.getByText('the first word').count()).toBe(0);
        await page.getByRole('slider', { name: 'Position in the replay' }).press('End');
        await page.getByText('the first word').waitFor();
        expect(await violations(page)).toEqual([]);
        await page.getByRole('slider', { name: 'Position in the replay' }).press('Home');
        await page.getByText('the first word').waitFor({ state: 'detached' });
        // The room's own pace: on a slow machine its people took long.
        await page.getByText('60×').click();
        await page.getByRole('button', { name: 'Play' }).click();
        await page.getByText('the first word').waitFor();
        expect(reads).toHaveLength(1);
      }
    },
    LIMIT_MS,
  );

  it.each(['', '/users', '/rooms', '/agents', '/reports', '/deliveries', '/jobs', '/settings', '/audit'])(
    'show administrators /admin%s, and nobody else',
    async (path) => {
      const page = await mira.newPage();
      await page.goto(`${stage.server.url}/admin${path}`);
      await page.getByRole('navigation', { name: 'Administration' }).waitFor();
      await loaded(page);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      await page.close();
    },
    LIMIT_MS,
  );

  it(
    'suspend an account, whose pages end, and say so in the audit log',
    async () => {
      const context = await person(DESKTOP);
      const theirs = await signUp(context, 'Mallory', '/sign-up?next=%2Fadmin');
      await theirs.getByText('There is nothing here').waitFor();
      const page = await mira.newPage();
      await page.goto(`${stage.server.url}/admin/users`);
      await page.getByRole('button', { name: 'Suspend: Suspend Mallory' }).click();
      await page.getByLabel('Why').fill('spam');
      await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
      await page.getByRole('cell', { name: 'Suspended' }).waitFor();
      await theirs.goto(`${stage.server.url}/rooms`);
      await theirs.waitForURL('**/sign-in**');
      await page.goto(`${stage.server.url}/admin/audit`);
      await page.getByText('reason: spam').waitFor();
    },
    LIMIT_MS,
  );

  it.each([
    ['/settings', 'Settings'],
    ['/leaderboard', 'Leaderboard'],
    ['/agents', 'Your agents'],
    ['/agents/pincer', 'Pincer'],
  ])(
    'find nothing to complain of at %s',
    async (path, title) => {
      const page = await mira.newPage();
      for (const options of [DESKTOP, PHONE]) {
        await page.setViewportSize(options.viewport ?? { width: 1440, height: 900 });
        await page.emulateMedia({ colorScheme: options.colorScheme ?? null });
        await page.goto(stage.server.url + path);
        await page.getByRole('heading', { name: title, level: 1 }).waitFor();
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      }
    },
    LIMIT_MS,
  );

  it(
    'sign somebody out of another browser, whose pages end',
    async () => {
      const other = await (await person(PHONE)).newPage();
      await other.goto(`${stage.server.url}/sign-in?next=%2Frooms`);
      await other.getByLabel('User name or e-mail').fill('mira');
      await other.getByLabel('Password').fill(PASSWORD);
      await other.getByRole('button', { name: 'Sign in', exact: true }).click();
      await other.getByRole('heading', { name: 'Your rooms' }).waitFor();
      const page = await mira.newPage();
      await page.goto(`${stage.server.url}/settings`);
      const list = page.getByRole('region', { name: 'Where you are signed in' });
      await list.getByText('This one').waitFor();
      expect(await violations(page)).toEqual([]);
      await list.getByRole('button', { name: 'Sign out everywhere else' }).click();
      await list
        .getByRole('button', { name: /^Sign out/ })
        .first()
        .waitFor({ state: 'detached' });
      await list.getByText('This one').waitFor();
      await other.goto(`${stage.server.url}/rooms`);
      await other.waitForURL('**/sign-in**');
    },
    LIMIT_MS,
  );
});
