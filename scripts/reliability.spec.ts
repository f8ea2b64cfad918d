import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

const rows = readFileSync(join(ROOT, 'docs/reliability.md'), 'utf8')
  .split('\n')
  .flatMap((line): (readonly [string, string, string])[] => {
    const [, what, file, name] = /^\| (.+?) \| `(.+?)` \| (.+?) \|$/.exec(line) ?? [];
    return what && file && name ? [[what, file, name]] : [];
  });

describe('docs/reliability.md', () => {
  it('has a table', () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  it.each(rows)('%s: its test is there', (_what, file, name) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(name);
  });
});
