import { REFRESH_TOKEN_SECONDS } from '@clawtank/contracts';
import { API_PREFIX } from '../rest/api-prefix.js';

const NAME = 'clawtank_refresh';
const PATH = `/${API_PREFIX}/auth`;

/** The refresh token of a `Cookie` header. */
export function readRefreshCookie(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
}

/** A `Set-Cookie` that only `auth/*` of this site gets to see. @param secure the browser came over TLS */
export function refreshCookie(token: string, secure: boolean): string {
  return `${NAME}=${token}; Max-Age=${REFRESH_TOKEN_SECONDS}; ${attributes(secure)}`;
}

/** A `Set-Cookie` that takes the cookie away. */
export function noRefreshCookie(secure: boolean): string {
  return `${NAME}=; Max-Age=0; ${attributes(secure)}`;
}

const attributes = (secure: boolean): string =>
  `Path=${PATH}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
