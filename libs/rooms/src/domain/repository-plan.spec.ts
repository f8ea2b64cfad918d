import { type Failure } from '@clawtank/kernel';
import { planRepository } from './repository-plan.js';

const URL = 'https://example.org/x.git';

it.each([
  ['nothing', undefined, { source: 'empty', url: null }],
  ['the built-in host', { host: 'local' }, { source: 'empty', url: null }],
  ['a URL', { host: 'local', url: URL }, { source: 'import', url: URL }],
  ['an import', { host: 'local', url: URL, source: 'import' }, { source: 'import', url: URL }],
  ['a push', { host: 'local', source: 'push' }, { source: 'push', url: null }],
] as const)('plans from %s', (_name, input, plan) => {
  expect(planRepository(input)).toEqual({ host: 'local', fullName: null, ...plan });
});

it.each([
  ['a full name', { host: 'github', full_name: 'a/b.c' }, { host: 'github', fullName: 'a/b.c' }],
  ['its page', { host: 'github', url: 'https://github.com/a/b' }, { host: 'github', fullName: 'a/b' }],
  [
    'a clone address',
    { host: 'github', url: 'https://github.com/a/b.git' },
    { host: 'github', fullName: 'a/b' },
  ],
  ['a group within a group', { host: 'gitlab', full_name: 'a/b/c' }, { host: 'gitlab', fullName: 'a/b/c' }],
] as const)('plans a hosted repository from %s', (_name, input, plan) => {
  expect(planRepository(input)).toEqual({ source: 'empty', url: null, ...plan });
});

it.each([
  ['repository.full_name_needed', { host: 'github' }],
  ['repository.full_name_needed', { host: 'github', full_name: 'a' }],
  ['repository.full_name_needed', { host: 'github', full_name: 'a/b/c' }],
  ['repository.full_name_needed', { host: 'github', full_name: '../b' }],
  ['repository.full_name_needed', { host: 'gitlab', full_name: 'a/b?c' }],
  ['repository.url_unexpected', { host: 'github', full_name: 'a/b', source: 'import' }],
  ['repository.token_unexpected', { host: 'local', token: 'secret' }],
  ['repository.url_missing', { host: 'local', source: 'import' }],
  ['repository.url_unexpected', { host: 'local', source: 'push', url: URL }],
  ['repository.url_unexpected', { host: 'local', source: 'empty', url: URL }],
] as const)('refuses with %s %j', (reason, input) => {
  try {
    planRepository(input);
    throw new Error('was not refused');
  } catch (error) {
    expect((error as Failure).reason).toBe(reason);
  }
});
