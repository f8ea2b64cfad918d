import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import injectedClassesAreValues from './scripts/eslint/injected-classes-are-values.mjs';

const TESTS = ['**/*.spec.ts', '**/src/testing.ts', '**/src/testing/**', '**/test/**', 'e2e/**'];

/** Everything of Nest that means an HTTP status: a lib fails with a Failure, transports map it once. */
const HTTP_EXCEPTIONS = [
  'BadGatewayException',
  'BadRequestException',
  'ConflictException',
  'ForbiddenException',
  'GatewayTimeoutException',
  'GoneException',
  'HttpException',
  'HttpStatus',
  'HttpVersionNotSupportedException',
  'ImATeapotException',
  'InternalServerErrorException',
  'MethodNotAllowedException',
  'MisdirectedException',
  'NotAcceptableException',
  'NotFoundException',
  'NotImplementedException',
  'PayloadTooLargeException',
  'PreconditionFailedException',
  'RequestTimeoutException',
  'ServiceUnavailableException',
  'UnauthorizedException',
  'UnprocessableEntityException',
  'UnsupportedMediaTypeException',
];

const NO_FORWARD_REF = {
  name: '@nestjs/common',
  importNames: ['forwardRef'],
  message: 'A cycle between modules: reverse one arrow with an event or a port.',
};

const NO_HTTP_EXCEPTIONS = {
  name: '@nestjs/common',
  importNames: ['forwardRef', ...HTTP_EXCEPTIONS],
  message: 'No forwardRef; and libs fail with a Failure, which each transport maps once.',
};

export default defineConfig(
  globalIgnores([
    '**/dist/**',
    '**/.next/**',
    '**/node_modules/**',
    '**/next-env.d.ts',
    '.build/**',
    'coverage/**',
    'boundaries/planted/**',
    'boundaries/clean/**',
  ]),
  {
    // An exception to a rule is made here, where it is seen, or not at all.
    linterOptions: { noInlineConfig: true },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { clawtank: { rules: { 'injected-classes-are-values': injectedClassesAreValues } } },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-readonly': 'error',
      // A method may be async because its interface says so.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'clawtank/injected-classes-are-values': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      'no-restricted-imports': ['error', { paths: [NO_FORWARD_REF] }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
          message: 'A cast through unknown turns the compiler off: narrow the value instead.',
        },
      ],
    },
  },
  {
    files: ['libs/**/*.ts'],
    ignores: ['libs/http/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: [NO_HTTP_EXCEPTIONS] }],
    },
  },
  {
    files: ['**/persistence/migrations/**', '**/*.migration.ts', '**/migrations/**'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
  {
    files: ['apps/web/**/*.ts', 'apps/web/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['apps/web/**/*.tsx'],
    rules: {
      // React ignores what an event handler returns.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // A component is a function that holds its whole markup.
      'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: TESTS,
    rules: {
      // Tables of cases are long.
      'max-lines': ['error', 600],
      'max-lines-per-function': 'off',
      'max-params': 'off',
      // Jest's matchers (expect.any and its like) are typed any, and so is what a test reads from a wire.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    rules: { 'max-lines': ['error', 400], 'max-params': ['error', 5] },
  },
);
