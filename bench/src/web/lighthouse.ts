import lighthouse from 'lighthouse';
import { median } from '../row.js';
import type { Chromium } from './browser.js';

const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const TIMES = 3;

export type Scores = Readonly<Record<(typeof CATEGORIES)[number], number>>;

/** Lighthouse's scores of a page on its phone with its slow network and processor: medians, of 100. */
export async function scoresOf({ port }: Chromium, url: string): Promise<Scores> {
  const runs: Scores[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const result = await lighthouse(url, {
      port,
      onlyCategories: [...CATEGORIES],
      disableStorageReset: true,
      logLevel: 'silent',
    });
    if (!result) throw new Error(`Lighthouse said nothing of ${url}`);
    const { categories, audits } = result.lhr;
    const score = (name: string): number => Math.round((categories[name]?.score ?? 0) * 100);
    runs.push({
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
    });
    if (process.env['BENCH_VERBOSE']) {
      const bad = Object.values(audits).filter(({ score: of }) => of !== null && of < 0.9);
      console.error(
        url,
        runs.at(-1),
        bad.map(({ id, displayValue }) => `${id} ${displayValue ?? ''}`),
      );
    }
  }
  const of = (name: keyof Scores): number => median(runs.map((run) => run[name]));
  return {
    performance: of('performance'),
    accessibility: of('accessibility'),
    'best-practices': of('best-practices'),
  };
}
