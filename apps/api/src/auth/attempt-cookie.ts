import { ATTEMPT_SECONDS } from '@clawtank/auth';
import { API_PREFIX } from '../rest/api-prefix.js';
import { readCookie } from './cookies.js';

const NAME = 'clawtank_sign_in';

export const readAttemptCookie = (header: string | undefined): string | undefined => readCookie(header, NAME);

/**
 * The `Set-Cookie` of a sealed attempt. It must come along when the provider's page sends the browser back, which
 * `SameSite=Strict` would prevent.
 * @param secure the browser came over TLS
 */
export const attemptCookie = (sealed: string, secure: boolean): string =>
  `${NAME}=${sealed}; Max-Age=${String(ATTEMPT_SECONDS)}; ${attributes(secure)}`;

export const noAttemptCookie = (secure: boolean): string => `${NAME}=; Max-Age=0; ${attributes(secure)}`;

const attributes = (secure: boolean): string =>
  `Path=/${API_PREFIX}/auth; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
