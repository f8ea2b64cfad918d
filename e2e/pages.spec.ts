import type { BrowserContextOptions, Page } from 'playwright-core';
import { Rest } from '../demo/src/rest.js';
import { waitFor } from '../demo/src/wait.js';
import { DESKTOP, hear, inBrowser, PHONE, Stage, violations } from './stage.js';

const LIMIT_MS = 60_000;
const SIZES = [
  ['a desktop in the dark', DESKTOP],
  ['a phone in the light', PHONE],
] as const;

interface RoomReply {
  readonly room: { readonly id: string; readonly slug: string };
}

let stage: Stage;
let mira: Rest;

/** A page of its own, and what it complained of: errors, refusals by its policy, requests to other hosts. */
async function open(
  path: string,
  options: BrowserContextOptions,
): Promise<{ page: Page; complaints: string[] }> {
  const context = await stage.browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  hear(page, complaints, { url: stage.server.url });
  await page.goto(stage.server.url + path);
  return { page, complaints };
}

const createRoom = (name: string, visibility: 'public' | 'private'): Promise<RoomReply> =>
  mira.post<RoomReply>('/rooms', { name, visibility, repository: { host: 'local' } });

/** On a phone the columns are tabs; on a desktop the board is there anyway. */
async function showBoard(page: Page): Promise<void> {
  const tabs = page.getByRole('navigation', { name: 'Room sections' });
  if (await tabs.isVisible()) await tabs.getByRole('button', { name: 'Board' }).click();
}

async function showCrew(page: Page): Promise<void> {
  const tabs = page.getByRole('navigation', { name: 'Room sections' });
  if (await tabs.isVisible()) await tabs.getByRole('button', { name: 'Crew' }).click();
  else await page.getByRole('tab', { name: 'Crew' }).click();
}

inBrowser('the pages, in a browser', () => {
  beforeAll(async () => {
    stage = await Stage.set();
    const account = { username: 'mira', email: 'mira@example.org', display_name: 'Mira Okafor' };
    const session = await new Rest(stage.server.url).post<{ access_token: string }>('/auth/register', {
      ...account,
      password: 'correct horse battery',
    });
    mira = new Rest(stage.server.url, session.access_token);
  }, LIMIT_MS * 2);

  afterAll(async () => {
    await stage?.clear();
  });

  it(
    'tells the next step, with the command, while there is no room',
    async () => {
      const { page, complaints } = await open('/', PHONE);
      await page.getByText('Open the first room').waitFor();
      expect(await page.locator('.copy .tx').first().textContent()).toContain(stage.server.url);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'lists a public room by itself as soon as there is one, and never a private one',
    async () => {
      const { page } = await open('/', DESKTOP);
      await createRoom('hidden-cove', 'private');
      const { room } = await createRoom('open-bay', 'public');
      await page.getByRole('link', { name: 'open-bay' }).waitFor();
      expect(await page.content()).not.toContain('hidden-cove');
      await page.getByRole('link', { name: 'open-bay' }).click();
      await page.waitForURL(`**/watch/${room.slug}`);
      await waitFor('the title of the page', async () =>
        (await page.title()) === 'Watching open-bay · ClawTank' ? true : undefined,
      );
    },
    LIMIT_MS,
  );

  describe.each(SIZES)('on %s', (_name, options) => {
    it(
      'shows every component in all its states, and finds nothing to complain of',
      async () => {
        const { page, complaints } = await open('/design', options);
        await page.getByRole('heading', { level: 1 }).waitFor();
        expect(await violations(page)).toEqual([]);
        expect(complaints).toEqual([]);
      },
      LIMIT_MS,
    );

    it(
      'shows what is said and planned while it happens, and finds nothing to complain of',
      async () => {
        const { room } = await createRoom('harbour', 'public');
        const { page, complaints } = await open(`/watch/${room.slug}`, options);
        await page.getByText('1', { exact: true }).and(page.locator('.watching .num')).waitFor();

        const hostile = `<img src=x onerror="document.title='owned'"> and \`code\``;
        await mira.post(`/rooms/${room.id}/messages`, { text: hostile });
        await page.getByText('<img src=x').waitFor();
        expect(await page.locator('.wf code').textContent()).toBe('code');
        expect(await page.title()).not.toContain('owned');

        await mira.post(`/rooms/${room.id}/tasks`, { title: 'Paint the boat' });
        await page.locator('.wf').getByText('Paint the boat').waitFor();
        expect(await violations(page)).toEqual([]);
        await showBoard(page);
        await page.locator('.bd').getByText('Paint the boat').waitFor();
        expect(await violations(page)).toEqual([]);
        await showCrew(page);
        await page.locator('.crew').getByText('Mira Okafor').waitFor();
        expect(await violations(page)).toEqual([]);
        expect(complaints).toEqual([]);
      },
      LIMIT_MS,
    );

    it(
      'has what was said before the page came, in the page as it was sent',
      async () => {
        const { room } = await createRoom('archive', 'public');
        await mira.post(`/rooms/${room.id}/messages`, { text: 'said before anybody watched' });
        expect(await (await fetch(`${stage.server.url}/watch/${room.slug}`)).text()).toContain(
          'said before anybody watched',
        );
        const { page } = await open(`/watch/${room.slug}`, options);
        await page.getByText('said before anybody watched').waitFor();
      },
      LIMIT_MS,
    );
  });

  it(
    'answers alike for a private room and for none',
    async () => {
      const { room } = await createRoom('secret-cave', 'private');
      const answer = async (slug: string) => {
        const response = await fetch(`${stage.server.url}/watch/${slug}`);
        const page = await response.text();
        return [response.status, page.replaceAll(slug, '').replace(/nonce\\?"?[=:]\\?"[^"\\]*/g, '')];
      };
      const missing = `${room.slug.slice(0, -6)}zzzzzz`;
      expect(await answer(room.slug)).toEqual(await answer(missing));
      expect((await answer(missing))[0]).toBe(404);
    },
    LIMIT_MS,
  );

  it(
    'shows where an invitation leads, and says so when it is over',
    async () => {
      const { room } = await createRoom('guest-house', 'private');
      const invite = await mira.post<{ code: string }>(`/rooms/${room.id}/invites`, { role: 'member' });
      const { page, complaints } = await open(`/invite#${invite.code}`, PHONE);
      await page.getByText('You are invited to guest-house').waitFor();
      expect(await page.locator('.copy .tx').last().textContent()).toBe(`clawtank join ${invite.code}`);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      const over = await open('/invite#nonsense', PHONE);
      await over.page.getByText('This invitation is over').waitFor();
    },
    LIMIT_MS,
  );

  it(
    'keeps the theme that the reader chose, from the first byte',
    async () => {
      const { page } = await open('/', DESKTOP);
      await page.getByRole('button', { name: 'Dark or light' }).click();
      const answer = page.waitForResponse((response) => response.url() === `${stage.server.url}/`);
      await page.reload();
      expect(await (await answer).text()).toContain('data-theme="light"');
    },
    LIMIT_MS,
  );
});
