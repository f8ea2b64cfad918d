import { gzipSync } from 'node:zlib';
import type { Chromium } from './browser.js';

/** All JavaScript that a page asks for until nothing more comes, gzipped, in kB. */
export async function scriptsOf({ context }: Chromium, url: string): Promise<number> {
  const page = await context.newPage();
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const all = await Promise.all(sizes);
  await page.close();
  return all.reduce((sum, size) => sum + size, 0) / 1_000;
}
