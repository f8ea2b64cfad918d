import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type RunningServer, startServer } from '../demo/src/server-process.js';
import { waitFor } from '../demo/src/wait.js';

const EXECUTABLE = process.env['CLAWTANK_TEST_CHROMIUM'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LARGE = { width: 1440, height: 900 };

export const DESKTOP: BrowserContextOptions = { viewport: LARGE, colorScheme: 'dark' };
export const LIGHT: BrowserContextOptions = { viewport: LARGE, colorScheme: 'light' };
export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'light' };

/** Skipped where no browser is named; the whole run refuses to do without one (`CLAWTANK_REQUIRE_ALL`). */
export const inBrowser = EXECUTABLE ? describe : describe.skip;

/** A server with its pages, on a data folder of its own, and a browser. */
export class Stage {
  private constructor(
    private readonly dataDir: string,
    readonly browser: Browser,
    private running: RunningServer,
  ) {}

  /** @param env what the server is started with besides */
  static async set(env: Readonly<Record<string, string>> = {}): Promise<Stage> {
    const dataDir = await mkdtemp(join(tmpdir(), 'clawtank-e2e-'));
    // The database's own user has to pass through it.
    await chmod(dataDir, 0o711);
    const [server, browser] = await Promise.all([
      startServer(dataDir, env),
      chromium.launch({ executablePath: EXECUTABLE ?? '', args: ['--no-sandbox'] }),
    ]);
    await waitFor('the pages', async () => (await fetch(server.url)).ok || undefined);
    return new Stage(dataDir, browser, server);
  }

  get server(): RunningServer {
    return this.running;
  }

  /** Starts the server again that was killed, at the same address. */
  async startAgain(): Promise<void> {
    this.running = await startServer(this.dataDir, {}, new URL(this.running.url).port);
  }

  /** Ends both and removes the folder. */
  async clear(): Promise<void> {
    await this.browser.close();
    await this.running.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** What axe finds on the page, a line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<AxeResults>(`axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`);
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/**
 * Adds to `complaints` what the page complains of from now on: errors, refusals by its policy, requests to other hosts.
 * @param mayMiss answers of other than success are not errors
 */
export function hear(
  page: Page,
  complaints: string[],
  { url, mayMiss = false }: { url: string; mayMiss?: boolean },
): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const missing = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !(mayMiss && missing)) complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(url).host) complaints.push(`asked ${request.url()}`);
  });
}
