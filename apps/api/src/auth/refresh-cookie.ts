import { REFRESH_TOKEN_SECONDS } from '@clawtank/contracts';
import { API_PREFIX } from '../rest/api-prefix.js';
import { readCookie } from './cookies.js';

const NAME = 'clawtank_refresh';
const MARK = 'clawtank_signed_in';
const PATH = `/${API_PREFIX}/auth`;

/** The refresh token of a `Cookie` header. */
export const readRefreshCookie = (header: string | undefined): string | undefined => readCookie(header, NAME);

/**
 * The `Set-Cookie`s of a session: the token, which only `auth/*` of this site gets to see, and a mark without any
 * secret, by which a page knows that asking for the next access token is worth it.
 * @param secure the browser came over TLS
 */
export function refreshCookie(token: string, secure: boolean): string[] {
  return [
    `${NAME}=${token}; Max-Age=${REFRESH_TOKEN_SECONDS}; ${attributes(secure)}`,
    `${MARK}=1; Max-Age=${REFRESH_TOKEN_SECONDS}; ${markAttributes(secure)}`,
  ];
}

/** The `Set-Cookie`s that take both cookies away. */
export function noRefreshCookie(secure: boolean): string[] {
  return [`${NAME}=; Max-Age=0; ${attributes(secure)}`, `${MARK}=; Max-Age=0; ${markAttributes(secure)}`];
}

const attributes = (secure: boolean): string =>
  `Path=${PATH}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;

const markAttributes = (secure: boolean): string => `Path=/; SameSite=Strict${secure ? '; Secure' : ''}`;
