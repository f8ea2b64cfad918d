// The app's service worker. It keeps the page that is shown without a connection and the files of that page, and
// nothing else: what the API answers, and every other page, always comes from the server. It shows pushes.
const VERSION = new URL(self.location.href).searchParams.get('v') ?? 'unversioned';
const PREFIX = 'clawtank-shell-';
const SHELL = PREFIX + VERSION;
const OFFLINE = '/offline';
/** Not pages: a download, a sign-in at another site, git. */
const NOT_PAGES = /^\/(api|git|webhooks|socket\.io)(\/|$)/;

/** The page for when there is no connection, and the files of this build that it names. */
async function keepShell() {
  const page = await fetch(OFFLINE, { cache: 'no-store' });
  if (!page.ok) throw new Error(`${OFFLINE} answered ${page.status}`);
  const named = (await page.clone().text()).match(/\/_next\/static\/[\w./~-]+\.(?:js|css|woff2|svg)/g) ?? [];
  const cache = await caches.open(SHELL);
  await cache.addAll([...new Set(named)]);
  await cache.put(OFFLINE, page);
}

async function forgetOlder() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
}

const kept = async (address) => (await caches.open(SHELL)).match(address);

async function pageOf({ request }) {
  try {
    return await fetch(request);
  } catch {
    return (await kept(OFFLINE)) ?? Response.error();
  }
}

const partOf = async (request) => (await kept(request)) ?? fetch(request);

self.addEventListener('install', (event) => {
  // Files carry their content in their names, so pages of the build before are none the worse for the new worker.
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const ready = async () => {
    await forgetOlder();
    // It would ask a second time for what this worker leaves to the browser, and a sign-in's answer counts once.
    await self.registration.navigationPreload?.disable();
    await self.clients.claim();
  };
  event.waitUntil(ready());
});

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin || NOT_PAGES.test(pathname)) return;
  if (mode === 'navigate') event.respondWith(pageOf(event));
  else if (pathname.startsWith('/_next/static/')) event.respondWith(partOf(event.request));
});

/** A path of these pages; anything else leads to the inbox. */
function placeOf(path) {
  const place = typeof path === 'string' && URL.canParse(path, origin) ? new URL(path, origin) : null;
  return place?.origin === origin ? place.href : `${origin}/inbox`;
}

/** What a push says; nothing where it is not in words that this worker knows, as one of another server's might be. */
function contentOf(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

self.addEventListener('push', (event) => {
  // A push that says nothing is still shown: browsers take the right away from those that stay silent.
  const said = contentOf(event.data);
  const shown = self.registration.showNotification(String(said.title ?? 'ClawTank'), {
    body: String(said.body ?? 'Something needs you.'),
    icon: '/icons/app-192.png',
    badge: '/icons/badge-96.png',
    data: { place: placeOf(said.path) },
    ...(said.tag ? { tag: String(said.tag) } : {}),
  });
  event.waitUntil(shown);
});

async function show(place) {
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = open.find(({ url }) => url.split('#')[0] === place);
  // Another page may hold a text that is half written, so the place gets a window of its own.
  return there ? there.focus() : self.clients.openWindow(place);
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(placeOf(event.notification.data?.place)));
});
