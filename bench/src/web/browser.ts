import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** A browser with a profile of its own, which Lighthouse can drive too. */
export interface Chromium {
  readonly context: BrowserContext;
  /** Of its tools. */
  readonly port: number;
  stop(): Promise<void>;
}

/** @throws when there is no Chromium at `CLAWTANK_TEST_CHROMIUM`, or at Debian's place */
export async function startChromium(): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), 'clawtank-bench-web-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CLAWTANK_TEST_CHROMIUM'] ?? '/usr/bin/chromium',
    viewport: { width: 1440, height: 900 },
    args: ['--no-sandbox', '--remote-debugging-port=0'],
  });
  const [port = ''] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  const stop = async (): Promise<void> => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { context, port: Number(port), stop };
}

/** Signs a person in, as the sign-in page does: the browser keeps the cookies. */
export async function signIn(
  { context }: Chromium,
  url: string,
  login: string,
  password: string,
): Promise<void> {
  const data = { login, password };
  const answer = await context.request.post(`${url}/api/v1/auth/login`, { data, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`signing in was answered with ${String(answer.status())}`);
}

/** What stays of the page's memory once what nobody holds is gone, in MiB. */
export async function heapOf(page: Page): Promise<number> {
  const tools = await page.context().newCDPSession(page);
  // Once for what is unreachable, once for what only waited for its finalizers.
  for (let time = 0; time < 2; time += 1) await tools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await tools.send('Runtime.getHeapUsage');
  await tools.detach();
  return usedSize / 2 ** 20;
}
