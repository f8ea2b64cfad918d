import type { Page } from 'playwright-core';
import type { Chromium } from './browser.js';

const COMPOSER = 'textarea';

/** Milliseconds until the room can be read and written in: messages, cards, and a field that takes text. */
export async function timeToInteractive({ context }: Chromium, url: string): Promise<number> {
  const page = await context.newPage();
  await page.addInitScript(`{
    const look = () => {
      const field = document.querySelector('${COMPOSER}');
      if (field && !field.disabled && document.querySelector('.feed .m') && document.querySelector('.board .tk'))
        requestAnimationFrame(() => { window.ready = performance.now(); });
      else requestAnimationFrame(look);
    };
    look();
  }`);
  await page.goto(url);
  // The page's policy lets nobody evaluate text in it but the tools, so the page is asked again and again.
  let ready: number | undefined;
  while (ready === undefined) {
    await page.waitForTimeout(100);
    ready = await page.evaluate<number | undefined>('window.ready');
  }
  await page.close();
  return ready;
}

/** Types and scrolls for a while. @returns the longest that the page was deaf meanwhile, in ms; 0 for under 50 */
export async function longestDeafness(page: Page, seconds: number): Promise<number> {
  await page.evaluate(`{
    window.deaf = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.deaf = Math.max(window.deaf, duration);
    }).observe({ type: 'longtask' });
  }`);
  const field = page.locator(COMPOSER).first();
  const ends = Date.now() + seconds * 1_000;
  while (Date.now() < ends) {
    await field.pressSequentially('a few words ', { delay: 40 });
    for (const place of ['.feed', '.board .scroll']) {
      await page.locator(place).first().hover();
      for (const by of [-600, -600, 600]) await page.mouse.wheel(0, by);
    }
  }
  return page.evaluate<number>('window.deaf');
}
