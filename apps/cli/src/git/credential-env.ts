import type { GitCredential } from '@clawtank/contracts';

/** Answers git's question from the environment, so that the password is in no argument and in no file. */
const HELPER =
  '!f() { test "$1" = get && printf "username=%s\\npassword=%s\\n" "$CLAWTANK_GIT_USERNAME" "$CLAWTANK_GIT_PASSWORD"; }; f';

/** Where a server's repository is; a relative URL is relative to the server. */
export const repositoryUrl = (server: string, url: string): string =>
  /^https?:\/\//.test(url) ? url : `${server}${url.startsWith('/') ? '' : '/'}${url}`;

/**
 * The environment in which one git process uses this credential. Helpers that the person has set up are left out:
 * they would keep a password that ends with its claim.
 */
export const credentialEnv = (
  credential: Pick<GitCredential, 'username' | 'password'>,
): Readonly<Record<string, string>> => ({
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'credential.helper',
  GIT_CONFIG_VALUE_0: '',
  GIT_CONFIG_KEY_1: 'credential.helper',
  GIT_CONFIG_VALUE_1: HELPER,
  GIT_ASKPASS: '',
  SSH_ASKPASS: '',
  CLAWTANK_GIT_USERNAME: credential.username,
  CLAWTANK_GIT_PASSWORD: credential.password,
});
