import { aBrowser, type PushPeer, startPushPeer, vapidClaims } from '@clawtank/notifications/testing';
import type { BrowserContext, Page } from 'playwright-core';
import { Rest } from '../demo/src/rest.js';
import { waitFor } from '../demo/src/wait.js';
import { hear, inBrowser, Stage, violations } from './stage.js';

const LIMIT_MS = 90_000;
const PASSWORD = 'correct horse battery';

interface Registration {
  readonly registrationId: string;
  readonly scopeURL: string;
}

let stage: Stage;
let peer: PushPeer;
let context: BrowserContext;
const complaints: string[] = [];
const keys = aBrowser();

/**
 * Chromium asks its maker's push service for a subscription, which nobody reaches from here. This one leads to the
 * peer instead; all else is the browser's own.
 */
async function subscribeAtPeer(page: Page): Promise<void> {
  const given = { endpoint: `${peer.origin}/device/1`, p256dh: keys.p256dh, auth: keys.auth };
  await page.addInitScript(`{
    const { endpoint, ...keys } = ${JSON.stringify(given)};
    let held = null;
    PushManager.prototype.getSubscription = async () => held;
    PushManager.prototype.subscribe = async ({ applicationServerKey }) => (held = {
      toJSON: () => ({ endpoint, keys }),
      options: { applicationServerKey: Uint8Array.from(atob(applicationServerKey.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)).buffer },
      unsubscribe: async () => { held = null; return true; },
    });
  }`);
}

/** Hands a push to the page's real service worker, as the browser does when its push service sends one. */
async function deliver(page: Page, message: unknown): Promise<void> {
  const tools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    tools.on('ServiceWorker.workerRegistrationUpdated', (event: { registrations: Registration[] }) => {
      const found = event.registrations.find(({ scopeURL }) => scopeURL.startsWith(stage.server.url));
      if (found) resolve(found.registrationId);
    });
  });
  await tools.send('ServiceWorker.enable');
  await tools.send('ServiceWorker.deliverPushMessage', {
    origin: stage.server.url,
    registrationId: await registered,
    data: JSON.stringify(message),
  });
  await tools.detach();
}

const shown = (page: Page): Promise<{ title: string; body: string; place: string }[]> =>
  page.evaluate(`navigator.serviceWorker.ready
    .then((worker) => worker.getNotifications())
    .then((all) => all.map(({ title, body, data }) => ({ title, body, place: data.place })))`);

const cached = (page: Page): Promise<string[]> =>
  page.evaluate(`caches.keys()
    .then((names) => Promise.all(names.map((name) => caches.open(name))))
    .then((all) => Promise.all(all.map((cache) => cache.keys())))
    .then((all) => all.flat().map(({ url }) => new URL(url).pathname))`);

async function signUp(): Promise<Page> {
  const page = await context.newPage();
  await subscribeAtPeer(page);
  await page.goto(`${stage.server.url}/sign-up?next=%2Fsettings`);
  await page.getByLabel('Your name').fill('Mira');
  await page.getByLabel('User name').fill('mira');
  await page.getByLabel('E-mail address').fill('mira@example.org');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.waitForURL('**/settings');
  return page;
}

inBrowser('the pages as an app', () => {
  let page: Page;

  beforeAll(async () => {
    peer = await startPushPeer();
    const push = { PUSH_CA_FILE: peer.caFile, PUSH_PRIVATE_ADDRESSES: 'true' };
    stage = await Stage.set(push);
    context = await stage.browser.newContext({ viewport: { width: 390, height: 844 } });
    await context.grantPermissions(['notifications'], { origin: stage.server.url });
    context.on('page', (opened) => hear(opened, complaints, { url: stage.server.url, mayMiss: true }));
    page = await signUp();
    await page.waitForLoadState();
    await page.evaluate('navigator.serviceWorker.ready');
  }, LIMIT_MS);

  afterAll(async () => {
    await stage?.clear();
    await peer?.stop();
    expect(complaints).toEqual([]);
  }, LIMIT_MS);

  it('can be installed: the browser itself finds nothing missing', async () => {
    const tools = await context.newCDPSession(page);
    const { installabilityErrors } = await tools.send('Page.getInstallabilityErrors');
    // A window that the tools opened counts as one that keeps nothing, where nothing can be installed.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
    const { data, errors } = await tools.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { icons } = JSON.parse(data ?? '{}') as { icons: { src: string; sizes: string }[] };
    for (const { src, sizes } of icons.filter(({ src }) => src.endsWith('.png'))) {
      const bytes = Buffer.from(await (await fetch(stage.server.url + src)).arrayBuffer());
      expect(`${String(bytes.readUInt32BE(16))}x${String(bytes.readUInt32BE(20))}`).toBe(sizes);
    }
  });

  it(
    'say so when there is no connection, and keep nothing but that page',
    async () => {
      const other = await context.newPage();
      await other.goto(`${stage.server.url}/inbox`);
      await other.getByText('Nothing needs you').waitFor();
      expect((await cached(other)).filter((path) => !path.startsWith('/_next/static/'))).toEqual([
        '/offline',
      ]);
      await context.setOffline(true);
      await other.goto(`${stage.server.url}/rooms?q=1`);
      await other.getByRole('heading', { name: 'No connection' }).waitFor();
      expect(new URL(other.url()).pathname).toBe('/rooms');
      expect(await violations(other)).toEqual([]);
      await context.setOffline(false);
      await other.getByRole('heading', { name: 'Your rooms' }).waitFor();
      await other.close();
    },
    LIMIT_MS,
  );

  it(
    'make way for the next build, and forget what the one before kept',
    async () => {
      const other = await context.newPage();
      await other.goto(`${stage.server.url}/offline`);
      await waitFor('the next worker', async () => {
        // This page registers the worker of its own build when it wakes, which may be after it has loaded.
        await other.evaluate(`navigator.serviceWorker.register('/sw.js?v=the-next-one')`);
        const names = await other.evaluate<string[]>('caches.keys()');
        return names.length === 1 && names[0] === 'clawtank-shell-the-next-one' ? true : undefined;
      });
      await other.close();
    },
    LIMIT_MS,
  );

  it(
    'tell this device of what its person chose',
    async () => {
      await page.bringToFront();
      await page.getByRole('button', { name: 'Notify me on this device' }).click();
      await page.getByText('This one').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: /^Send a test to/ }).click();
      const push = await waitFor('the push', async () => peer.received[0]);
      const { public_key } = await (await mira()).get<{ public_key: string }>('/push-subscriptions');
      expect(vapidClaims(push, public_key)['aud']).toBe(peer.origin);
      await deliver(page, keys.open(push.sealed));
      await waitFor('the notification', async () => ((await shown(page)).length > 0 ? true : undefined));
      expect(await shown(page)).toEqual([
        { title: 'ClawTank', body: 'Pushes reach this device.', place: `${stage.server.url}/inbox` },
      ]);
      await page.getByRole('checkbox', { name: 'Mentions' }).uncheck();
      await waitFor('the choice', async () => {
        const { items } = await (await mira()).get<{ items: { kinds: string[] }[] }>('/push-subscriptions');
        return items[0]?.kinds.includes('mention') === false ? true : undefined;
      });
    },
    LIMIT_MS,
  );

  it(
    'lead a click to the place, and never to another site',
    async () => {
      for (const path of ['https://elsewhere.example/x', '//elsewhere.example', 'javascript:alert(1)', 7]) {
        await deliver(page, { kind: 'test', title: 'Odd', body: String(path), path, tag: 'odd' });
        await waitFor('the notification', async () =>
          (await shown(page)).some(({ body }) => body === String(path)) ? true : undefined,
        );
        expect((await shown(page)).find(({ title }) => title === 'Odd')?.place).toBe(
          `${stage.server.url}/inbox`,
        );
      }
      const [worker] = context.serviceWorkers().slice(-1);
      // Only a person's own click lets a worker open a window, so what it asks for is looked at.
      await worker?.evaluate(`(async () => {
        self.asked = [];
        self.clients.openWindow = async (place) => self.asked.push(place);
        const [first] = await self.registration.getNotifications();
        self.dispatchEvent(new NotificationEvent('notificationclick', { notification: first }));
      })()`);
      await waitFor(
        'the window',
        async () => (await worker?.evaluate<number>('self.asked.length')) || undefined,
      );
      expect(await worker?.evaluate('self.asked')).toEqual([`${stage.server.url}/inbox`]);
    },
    LIMIT_MS,
  );

  it(
    'tell it nothing more after its person has signed out there',
    async () => {
      await page.getByRole('button', { name: 'Your account' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.waitForURL(`${stage.server.url}/`);
      const { items } = await (await mira()).get<{ items: unknown[] }>('/push-subscriptions');
      expect(items).toEqual([]);
    },
    LIMIT_MS,
  );
});

async function mira(): Promise<Rest> {
  const { access_token } = await new Rest(stage.server.url).post<{ access_token: string }>('/auth/login', {
    login: 'mira',
    password: PASSWORD,
  });
  return new Rest(stage.server.url, access_token);
}
