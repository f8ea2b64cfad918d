import { readFile } from 'node:fs/promises';
import type { Options } from '../options.js';
import type { CodeHost } from './code-host.js';
import { GithubStage } from './github.js';
import { GitlabStage } from './gitlab.js';

const REPOSITORY = new URL('../../../', import.meta.url);
/** Seconds between two looks of the reconciler: where nothing is lost it stays out of the way. */
const LOOKS = { all: '3600', lossy: '3', none: '2' } as const;

/** How the server is set up for what becomes of the webhooks. */
export const looksOf = ({ deliveries }: Options): Readonly<Record<string, string>> => ({
  GIT_RECONCILE_SECONDS: LOOKS[deliveries],
});

/** Starts the code host that the demo is to be played on; undefined for the built-in one. */
export async function openCodeHost(options: Options): Promise<CodeHost | undefined> {
  if (options.host === 'local') return undefined;
  const names = ['README.md', 'LICENSE'] as const;
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, REPOSITORY), 'utf8')));
  const files = Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
  return (options.host === 'github' ? GithubStage : GitlabStage).open(options, files);
}
