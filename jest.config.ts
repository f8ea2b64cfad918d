import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/scripts', '<rootDir>/e2e'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.next/'],
  modulePathIgnorePatterns: ['/dist/', '/.next/'],
  transform: { '^.+\\.(m?[jt]s)$': ['@swc/jest', {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      target: 'es2022',
      keepClassNames: true,
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'commonjs' },
  }] },
  // Nest 12 and a few others ship ES modules only; jest on Node 20 runs CommonJS, so these are transformed.
  transformIgnorePatterns: [
    '/node_modules/\\.pnpm/(?!(@nestjs|file-type|strtok3|token-types|uint8array-extras|@borewit|@tokenizer|uuid|execa|@sindresorhus|figures|is-plain-obj|is-stream|is-unicode-supported|npm-run-path|path-key|parse-ms|pretty-ms|strip-final-newline|unicorn-magic|yoctocolors|get-stream|human-signals|@sec-ant|@octokit|before-after-hook|universal-user-agent)[+@])',
  ],
  moduleNameMapper: {
    '^@clawtank/(api|gateway|webhook-receiver|server|cli)$': '<rootDir>/apps/$1/src/index.ts',
    '^@clawtank/([^/]+)/testing$': '<rootDir>/libs/$1/src/testing.ts',
    '^@clawtank/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  setupFiles: ['reflect-metadata'],
  testTimeout: 30_000,
  maxWorkers: 2,
};

export default config;
