import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

function configFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.config.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules') && !path.includes('/dist/'));
}

describe('docs/configuration.md', () => {
  it('names every variable that a config class reads, and no other', () => {
    const files = ['libs', 'apps'].flatMap((folder) => configFiles(join(ROOT, folder)));
    const read = files.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/@EnvVar\(\s*'([A-Z_]+)'/g)].map((match) => match[1] ?? ''),
    );
    const rows = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8').split('\n');
    const told = rows
      .filter((row) => row.startsWith('| `'))
      .flatMap((row) =>
        [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map((match) => match[1] ?? ''),
      );
    expect([...new Set(read)].sort()).toEqual([...new Set(told)].sort());
  });
});
