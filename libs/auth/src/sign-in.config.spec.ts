import { InvalidConfig, loadConfigs } from '@clawtank/config';
import { SignInConfig } from './sign-in.config.js';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfigs([SignInConfig], env);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
}

describe('the settings of sign-in providers', () => {
  it.each([
    ['nothing', {}],
    ['one pair', { GITHUB_CLIENT_ID: 'a', GITHUB_CLIENT_SECRET: 'b' }],
    [
      'a provider on this machine',
      { OIDC_ISSUER: 'http://localhost:4000', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' },
    ],
    [
      'one’s own GitLab',
      { GITLAB_URL: 'https://git.example.org/gitlab', GITLAB_CLIENT_ID: 'a', GITLAB_CLIENT_SECRET: 'b' },
    ],
  ])('take %s', (_name, env) => {
    expect(problemsOf(env)).toEqual([]);
  });

  it.each([
    ['an id without its secret', { GITHUB_CLIENT_ID: 'a' }, 'GITHUB_CLIENT_SECRET'],
    ['a secret without its id', { GOOGLE_CLIENT_SECRET: 'hidden' }, 'GOOGLE_CLIENT_ID'],
    ['a client without an issuer', { OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }, 'OIDC_ISSUER'],
    ['an issuer in the open', { OIDC_ISSUER: 'http://id.example.org' }, 'OIDC_ISSUER'],
    ['a host that only begins like this machine', { GITHUB_URL: 'http://127.0.0.1.evil.test' }, 'GITHUB_URL'],
    ['an address with a password', { GITLAB_URL: 'https://a:b@gitlab.com' }, 'GITLAB_URL'],
  ])('refuse %s', (_name, env, variable) => {
    const problems = problemsOf(env);
    expect(problems).toEqual([expect.stringMatching(`^${variable}:`)]);
    expect(problems.join()).not.toContain('hidden"');
  });
});
