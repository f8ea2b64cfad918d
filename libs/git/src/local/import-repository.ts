import { lookup } from 'node:dns/promises';
import { readdir, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { isPublicAddress } from '@clawtank/limits';
import { fail } from '../domain/failures.js';
import { type ImportTarget, parseImportUrl } from '../domain/import-url.js';
import { CLAIM_BRANCHES, HEADS, TAGS, whyNotRefName } from '../domain/ref-names.js';
import type { BareRepository } from './bare-repository.js';
import { buildRepository, type RepositoryLimits } from './create-repository.js';
import { type GitSettings, gitEnvironment, startGit } from './git-process.js';
import { listRefs, setDefaultRef } from './refs.js';

export interface ImportRules extends RepositoryLimits {
  /** Largest repository on disk, in bytes. */
  readonly maxImportBytes: number;
  readonly timeoutMs: number;
  /** A file of certificates to trust instead of the system's. */
  readonly caFile?: string;
  /** All addresses of a host name; the system's resolver when left out. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Which addresses may be fetched from; only those of the public internet when left out. */
  readonly allowAddress?: (address: string) => boolean;
}

const WATCH_EVERY_MS = 250;

const systemResolve = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * Copies branches and tags of an https address into a new bare repository at `path`. The host is resolved
 * once, every address of it must be public, and git is pinned to those, so that a second answer of the name
 * server can't lead it elsewhere; redirects are refused. Throws `git.import_refused` for an address that may
 * not be fetched, `git.import_failed` when it can't be, `git.too_large`, `git.timeout`.
 */
export async function importRepository(
  settings: GitSettings,
  path: string,
  url: string,
  rules: ImportRules,
): Promise<BareRepository> {
  const target = parseImportUrl(url);
  const addresses = await resolveTarget(target, rules);
  const config = transportConfig(target, addresses, rules);
  return buildRepository(settings, path, rules, async (repository) => {
    const env = { ...gitEnvironment(settings, config), GIT_ALLOW_PROTOCOL: 'https' };
    const fetching = { repository, env, rules, settings };
    const head = await remoteHead(fetching, target.href);
    await runTransport(fetching, [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-auto-maintenance',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--',
      target.href,
      `+${HEADS}*:${HEADS}*`,
      `+${TAGS}*:${TAGS}*`,
      `^${HEADS}${CLAIM_BRANCHES}*`,
    ]);
    await checkImported(repository);
    if (head) await setDefaultRef(repository, head);
  });
}

/** Throws `git.import_refused` for an address that an import would refuse. */
export async function checkImportUrl(url: string, rules: ImportRules): Promise<void> {
  await resolveTarget(parseImportUrl(url), rules);
}

async function resolveTarget(target: ImportTarget, rules: ImportRules): Promise<readonly string[]> {
  const refuse = (why: string) => fail('git.import_refused', { why });
  const allow = rules.allowAddress ?? isPublicAddress;
  const literal = isIP(target.host) > 0;
  const addresses = literal
    ? [target.host]
    : await (rules.resolve ?? systemResolve)(target.host).catch((): readonly string[] => []);
  if (addresses.length === 0) throw refuse('its host has no address');
  // One private address among public ones is refused too: which of them curl takes is its own choice.
  if (!addresses.every((address) => allow(address))) throw refuse('its host is not on the public internet');
  return addresses;
}

function transportConfig(
  target: ImportTarget,
  addresses: readonly string[],
  rules: ImportRules,
): Readonly<Record<string, string>> {
  const pins = addresses.map((address) => (isIP(address) === 6 ? `[${address}]` : address)).join(',');
  const literal = isIP(target.host) > 0;
  return {
    'http.followRedirects': 'false',
    'http.proxy': '',
    'http.lowSpeedLimit': '1000',
    'http.lowSpeedTime': '30',
    'credential.helper': '',
    ...(literal ? {} : { 'http.curloptResolve': `${target.host}:${target.port}:${pins}` }),
    ...(rules.caFile ? { 'http.sslCAInfo': rules.caFile } : {}),
  };
}

interface Fetching {
  readonly repository: BareRepository;
  readonly env: Readonly<Record<string, string>>;
  readonly rules: ImportRules;
  readonly settings: GitSettings;
}

/** The branch that the other side's HEAD names; undefined when it names none that may be taken over. */
async function remoteHead(fetching: Fetching, href: string): Promise<string | undefined> {
  const text = await runTransport(fetching, ['ls-remote', '--symref', '--', href, 'HEAD']);
  const ref = /^ref: (\S+)\tHEAD$/m.exec(text)?.[1];
  const usable = ref?.startsWith(HEADS) && whyNotRefName(ref.slice(HEADS.length)) === undefined;
  return usable ? ref : undefined;
}

/** Runs a git that talks to the other side, until it ends or reaches a cap. */
async function runTransport(fetching: Fetching, args: readonly string[]): Promise<string> {
  const { repository, rules, settings, env } = fetching;
  const time = AbortSignal.timeout(rules.timeoutMs);
  const size = new AbortController();
  const watch = setInterval(() => {
    void folderSize(repository.path).then((bytes) => bytes > rules.maxImportBytes && size.abort());
  }, WATCH_EVERY_MS);
  const signal = AbortSignal.any([time, size.signal]);
  const run = { cwd: repository.path, env, signal, maxBytes: 1024 * 1024 };
  const output = await startGit(settings, [`--git-dir=${repository.path}`, ...args], run).finally(() =>
    clearInterval(watch),
  );
  if (size.signal.aborted || (await folderSize(repository.path)) > rules.maxImportBytes) {
    throw fail('git.too_large', { what: 'repository', limit: rules.maxImportBytes });
  }
  if (output.exitCode === null && time.aborted) throw fail('git.timeout', { what: 'the import' });
  if (output.exitCode !== 0) throw fail('git.import_failed', { why: reasonOf(output.stderr) });
  return output.stdout.toString();
}

/** One short sentence for people; git's own text may name addresses and stays out of it. */
function reasonOf(stderr: string): string {
  if (/redirect|returned error: 30\d/i.test(stderr))
    return 'the address redirects elsewhere; give its final address';
  if (/could not read Username|Authentication failed|returned error: 40[13]/i.test(stderr))
    return 'the repository is not public';
  if (/not found|returned error: 404/i.test(stderr)) return 'there is no repository at this address';
  if (/certificate|SSL|TLS/i.test(stderr)) return 'its certificate is not trusted';
  if (/fsck|bad object|index-pack/i.test(stderr)) return 'its objects are damaged or unsafe';
  return 'the host did not answer as a git server';
}

async function checkImported(repository: BareRepository): Promise<void> {
  for (const { ref } of await listRefs(repository)) {
    const short = ref.slice(ref.startsWith(HEADS) ? HEADS.length : TAGS.length);
    // A name outside the whitelist could never be used afterwards, so it is left behind.
    if (whyNotRefName(short)) await repository.must(['update-ref', '-d', '--', ref]);
  }
}

async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
