import { fail } from './failures.js';

export interface ImportTarget {
  /** The normalised address; git is given this text and never the caller's. */
  readonly href: string;
  /** A name or an address literal, without brackets. */
  readonly host: string;
  readonly port: number;
}

const MAX_URL_LENGTH = 2_000;

/**
 * What an import may fetch: an https address without credentials. Says nothing about where its host leads;
 * that is judged after resolution. Throws `git.import_refused`.
 */
export function parseImportUrl(text: string): ImportTarget {
  const refuse = (why: string) => fail('git.import_refused', { why });
  if (text.length > MAX_URL_LENGTH) throw refuse('it is too long');
  if (!URL.canParse(text)) throw refuse('it is no URL');
  const url = new URL(text);
  if (url.protocol !== 'https:') throw refuse('only https addresses are accepted');
  if (url.username || url.password) throw refuse('it carries credentials');
  if (url.search || url.hash) throw refuse('it carries a query or a fragment');
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host === '' || host === 'localhost' || host.endsWith('.localhost'))
    throw refuse('its host is this machine');
  return { href: url.href, host, port: url.port === '' ? 443 : Number(url.port) };
}
