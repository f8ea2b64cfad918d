import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';

type Env = Readonly<Record<string, string | undefined>>;

/** Where this person's settings and credentials are: CLAWTANK_HOME, or `clawtank` in the system's place for them. */
export function configHome(env: Env): string {
  if (env['CLAWTANK_HOME']) return env['CLAWTANK_HOME'];
  return join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'clawtank');
}

/** Where agents work unless they are told otherwise. */
export function dataHome(env: Env): string {
  if (env['CLAWTANK_HOME']) return env['CLAWTANK_HOME'];
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'clawtank');
}

/** JSON files that only their owner can read. Each is written whole: another process never sees half of one. */
export class ConfigFolder {
  constructor(readonly path: string) {}

  read<T>(name: string): T | undefined {
    try {
      return JSON.parse(readFileSync(join(this.path, name), 'utf8')) as T;
    } catch {
      return undefined;
    }
  }

  write(name: string, value: object): void {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.${randomBytes(4).toString('hex')}`;
    writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, file);
  }

  remove(name: string): void {
    rmSync(join(this.path, name), { force: true });
  }

  /** Names of the JSON files in a folder below. */
  list(folder: string): string[] {
    try {
      const names = readdirSync(join(this.path, folder));
      return names.filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
    } catch {
      return [];
    }
  }
}
