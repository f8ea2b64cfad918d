import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');
// The tools read the whole tree; on a busy machine that takes its time.
jest.setTimeout(120_000);

let base: string;

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'clawtank-lint-'));
  symlinkSync(join(ROOT, 'node_modules'), join(base, 'node_modules'));
  writeFileSync(join(base, 'package.json'), '{ "type": "module" }');
  const tsconfig = { extends: join(ROOT, 'tsconfig.base.json'), include: ['**/*.ts'] };
  writeFileSync(join(base, 'tsconfig.json'), JSON.stringify(tsconfig));
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

const lines = (count: number, line: string): string => Array.from({ length: count }, () => line).join('\n');

/** Rule → a file that breaks it and nothing else. */
const PLANTED: Record<string, { readonly path: string; readonly code: string }> = {
  '@typescript-eslint/no-floating-promises': {
    path: 'libs/a/src/floating.ts',
    code: 'const work = async (): Promise<void> => {};\nexport const run = (): void => {\n  work();\n};',
  },
  '@typescript-eslint/no-misused-promises': {
    path: 'libs/a/src/misused.ts',
    code: 'export const work = async (): Promise<void> => {};\nexport const run = (): void => [1].forEach(async () => work());',
  },
  '@typescript-eslint/switch-exhaustiveness-check': {
    path: 'libs/a/src/switch.ts',
    code: "export function run(state: 'open' | 'done'): void {\n  switch (state) {\n    case 'open':\n      return;\n  }\n}",
  },
  '@typescript-eslint/no-explicit-any': {
    path: 'libs/a/src/any.ts',
    code: 'export type Loose = Record<string, any>;',
  },
  '@typescript-eslint/no-unsafe-return': {
    path: 'libs/a/src/unsafe.ts',
    code: "export const read = (): number => JSON.parse('1');",
  },
  '@typescript-eslint/consistent-type-imports': {
    path: 'libs/a/src/types.ts',
    code: "import { Stats } from 'node:fs';\nexport type Size = Stats['size'];",
  },
  '@typescript-eslint/ban-ts-comment': {
    path: 'libs/a/src/ignored.ts',
    code: '// @ts-ignore\nexport const size: number = 1;',
  },
  '@typescript-eslint/prefer-readonly': {
    path: 'libs/a/src/mutable.ts',
    code: 'export class Counter {\n  private from = 1;\n  get next(): number {\n    return this.from + 1;\n  }\n}',
  },
  'no-restricted-syntax': {
    path: 'libs/a/src/cast.ts',
    code: 'export const size = (text: string): number => text as unknown as number;',
  },
  'no-restricted-imports': {
    path: 'libs/a/src/http.ts',
    code: "export { NotFoundException } from '@nestjs/common';",
  },
  'max-lines': { path: 'libs/a/src/long.ts', code: lines(401, '// why') },
  'max-lines-per-function': {
    path: 'libs/a/src/function.ts',
    code: `export function run(): number {\n  let n = 0;\n${lines(50, '  n += 1;')}\n  return n;\n}`,
  },
  'max-params': {
    path: 'libs/a/src/params.ts',
    code: 'export const sum = (a: number, b: number, c: number, d: number, e: number, f: number): number => a + b + c + d + e + f;',
  },
  'no-console': {
    path: 'libs/a/src/console.ts',
    code: "export const say = (): void => console.log('hello');",
  },
};

const ELSEWHERE: Record<string, { readonly path: string; readonly code: string }> = {
  'no-restricted-imports': {
    path: 'apps/a/src/cycle.ts',
    code: "export { forwardRef } from '@nestjs/common';",
  },
  '@typescript-eslint/no-explicit-any': {
    path: 'libs/a/src/disabled.ts',
    code: '// eslint-disable-next-line\nexport type Loose = Record<string, any>;',
  },
};

interface Report {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly severity: number }[];
}

it('each rule fires on its planted violation', () => {
  const all = [...Object.entries(PLANTED), ...Object.entries(ELSEWHERE)];
  for (const [, { path, code }] of all) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), `${code}\n`);
  }
  const args = [join(ROOT, 'node_modules/eslint/bin/eslint.js'), '--config', join(ROOT, 'eslint.config.mjs')];
  const { stdout } = spawnSync(process.execPath, [...args, '--format', 'json', '.'], {
    cwd: base,
    encoding: 'utf8',
  });
  const found = (JSON.parse(stdout) as Report[]).flatMap(({ filePath, messages }) =>
    messages
      .filter(({ severity }) => severity === 2)
      .map(({ ruleId }) => `${ruleId}: ${filePath.slice(base.length + 1)}`),
  );
  expect([...new Set(found)].sort()).toEqual(all.map(([rule, { path }]) => `${rule}: ${path}`).sort());
});
