import { refuse } from '@clawtank/http';

const IN_URL = ['token', 'access_token', 'jwt'];

/**
 * The access token of a request, or null where it has none.
 * @throws auth.token_in_url, auth.required for any other scheme than Bearer
 */
export function bearerToken(authorization: string | undefined, query: unknown): string | null {
  if (typeof query === 'object' && query !== null && IN_URL.some((name) => Object.hasOwn(query, name))) {
    throw refuse('auth.token_in_url', {});
  }
  if (authorization === undefined) return null;
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  if (!token) throw refuse('auth.required', {});
  return token;
}
