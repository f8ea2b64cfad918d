import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { accountFor } from './account.js';
import { provideNative } from './native.js';

const isRoot = process.getuid?.() === 0;
let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'clawtank native '));
  chmodSync(base, 0o755);
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

(isRoot ? it : it.skip)(
  'copies programs that their account cannot reach, to stand by themselves',
  async () => {
    const account = accountFor(join(base, 'none'));
    const closed = join(base, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const installed = await provideNative(account, join(base, 'unused'));
    cpSync(dirname(installed.dir), closed, { recursive: true, verbatimSymlinks: true });

    const source = { root: closed, version: '1' };
    const native = await provideNative(account, join(base, 'cache'), source);
    expect(native.dir.startsWith(join(base, 'cache'))).toBe(true);
    expect(existsSync(join(base, 'unused'))).toBe(false);
    const { stdout } = spawnSync(native.initdb, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
    expect(stdout).toMatch(/^initdb \(PostgreSQL\) \d+/);

    rmSync(join(native.dir, 'lib'), { recursive: true });
    expect(await provideNative(account, join(base, 'cache'), source)).toEqual(native);

    rmSync(closed, { recursive: true });
    const { status } = spawnSync(native.postgres, ['--version'], { ...account, cwd: '/' });
    expect(status).toBe(0);
  },
);
