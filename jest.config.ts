/**
 * @jest-config-loader ts-node
 * @jest-config-loader-options {"transpileOnly": true, "swc": true}
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from 'jest';

const STORE = join(__dirname, 'node_modules/.pnpm');

/**
 * Jest runs CommonJS on Node 20, and Nest 12 and others ship ES modules only: every installed package that
 * declares `"type": "module"` is transformed, the rest is loaded as it is.
 */
function esmPackages(): string[] {
  if (!existsSync(STORE)) return [];
  return readdirSync(STORE).filter((folder) => {
    const name = folder.replace(/(?<=.)@.*$/, '').replace('+', '/');
    const manifest = join(STORE, folder, 'node_modules', name, 'package.json');
    return existsSync(manifest) && /"type":\s*"module"/.test(readFileSync(manifest, 'utf8'));
  });
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const folders = (...names: string[]): string[] => names.filter((name) => existsSync(join(__dirname, name)));

const config: Config = {
  testEnvironment: 'node',
  roots: folders(
    'libs',
    'apps',
    'scripts',
    'boundaries',
    'docker',
    'demo',
    'cluster',
    'faults',
    'simulation',
    'e2e',
    'bench',
  ).map((name) => `<rootDir>/${name}`),
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/\\.next/', '/boundaries/(planted|clean)/'],
  modulePathIgnorePatterns: ['/dist/', '/\\.next/', '/boundaries/(planted|clean)/'],
  transform: {
    '^.+\\.(m?[jt]s)$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          target: 'es2022',
          keepClassNames: true,
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [
    `/node_modules/\\.pnpm/(?!(?:${esmPackages().map(escaped).join('|') || '-'})/)(?!.*\\.mjs$)`,
  ],
  moduleNameMapper: {
    '^@clawtank/(api|gateway|webhook-receiver|server|cli)$': '<rootDir>/apps/$1/src/index.ts',
    '^@clawtank/cluster$': '<rootDir>/cluster/src/index.ts',
    '^@clawtank/([^/]+)/testing$': '<rootDir>/libs/$1/src/testing.ts',
    '^@clawtank/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/scripts/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/scripts/jest/global-teardown.mjs',
  testTimeout: 60_000,
  maxWorkers: 2,
};

export default config;
