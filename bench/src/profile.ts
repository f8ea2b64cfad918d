import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CpuProfile, type Share, sharesOf } from './shares.js';

const MOST = 18;

/** Where child processes leave their profiles, by name of the server; undefined when nobody asked for profiles. */
let folder: string | undefined;

/** From now on every server that is started is profiled from its beginning to its end. */
export function profileServers(): void {
  folder = mkdtempSync(join(tmpdir(), 'clawtank-profile-'));
}

/** What Node has to be told so that a server leaves its profile. */
export function profileOptions(server: string): readonly string[] {
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${join(folder, server)}`] : [];
}

/** Runs a bench and prints where the processor time of this process and of its servers went. */
export async function profiled<T>(name: string, bench: () => Promise<T>): Promise<T> {
  if (!folder) return bench();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  const result = await bench();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  print(`${name}: the bench itself`, profile as CpuProfile);
  for (const server of readdirSync(folder)) {
    const left = join(folder, server);
    for (const file of readdirSync(left))
      print(`${name}: server ${server}`, JSON.parse(readFileSync(join(left, file), 'utf8')) as CpuProfile);
    rmSync(left, { recursive: true });
  }
  return result;
}

/** Removes what was left by servers. */
export function endProfiles(): void {
  if (folder) rmSync(folder, { recursive: true, force: true });
}

function print(title: string, profile: CpuProfile): void {
  const { busyMs, idleMs, byPart, byFunction } = sharesOf(profile);
  const percent = ({ share }: Share): string => `${(share * 100).toFixed(1)} %`.padStart(7);
  const list = (shares: readonly Share[]): string[] =>
    shares.slice(0, MOST).map((share) => `  ${percent(share)}  ${share.name}`);
  console.error(
    [
      `\n${title}: ${String(Math.round(busyMs))} ms at work, ${String(Math.round(idleMs))} ms idle`,
      ' of the time at work, by package:',
      ...list(byPart),
      ' in a function and what it calls:',
      ...list(byFunction),
    ].join('\n'),
  );
}
