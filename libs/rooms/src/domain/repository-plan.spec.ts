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
  ['repository.host_unavailable', { host: 'github', full_name: 'a/b' }],
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
