import { meetings, touched } from './lease-overlap.js';

const lease = (task_id: string, pattern: string): { task_id: string; pattern: string } => ({
  task_id,
  pattern,
});
const held = [
  lease('mine', 'src/a.ts'),
  lease('mine', 'lib/**'),
  lease('theirs', 'src/*.ts'),
  lease('third', 'docs/**'),
];

describe('leases that meet', () => {
  it('names each pair, and leaves out the own ones', () => {
    expect(meetings(['src/**', 'docs/a.md', 'test/**'], held, 'mine')).toEqual([
      { pattern: 'src/**', lease: lease('theirs', 'src/*.ts') },
      { pattern: 'docs/a.md', lease: lease('third', 'docs/**') },
    ]);
    expect(meetings(['lib/x'], held, 'mine')).toEqual([]);
  });

  it('finds what a push touched outside of its own leases, and where that belongs to others', () => {
    expect(touched(['src/a.ts', 'lib/x/y', 'src/b.ts', 'new.ts', 'new.ts'], held, 'mine')).toEqual({
      uncovered: ['src/b.ts', 'new.ts'],
      trespasses: [{ pattern: 'src/b.ts', lease: lease('theirs', 'src/*.ts') }],
    });
  });

  it('takes touched paths as they are', () => {
    expect(touched(['src/*.ts'], [lease('mine', 'src/a.ts')], 'mine').uncovered).toEqual(['src/*.ts']);
  });

  it('is quick with a large push', () => {
    const paths = Array.from(
      { length: 5_000 },
      (_, i) => `src/folder-${String(i % 50)}/file-${String(i)}.ts`,
    );
    const many = Array.from({ length: 300 }, (_, i) => lease('theirs', `lib/part-${String(i)}/**`));
    const started = performance.now();
    expect(touched(paths, many, 'mine').uncovered).toHaveLength(5_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
