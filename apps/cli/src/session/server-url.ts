import { UsageError } from '../usage-error.js';

/**
 * The server's URL in one form, without a slash at the end.
 * @throws UsageError for anything that is no http or https URL
 */
export function serverUrl(text: string): string {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${isLocal(text) ? 'http' : 'https'}://${text}`;
  let url: URL;
  try {
    url = new URL(full);
  } catch {
    throw new UsageError(`${text} is no URL of a server`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(`${text}: a server's URL begins with http:// or https://`);
  }
  if (url.username || url.password) throw new UsageError("A server's URL carries no user and no password");
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

const isLocal = (text: string): boolean => /^(localhost|127\.|\[::1\])/.test(text);

/** A file name for what is kept about a server. */
export const serverFolder = (server: string): string =>
  server.replace(/^https?:\/\//, '').replace(/[^A-Za-z0-9.-]/g, '_');
