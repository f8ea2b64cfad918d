import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '@clawtank/limits';

const INNER_NAME = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i;

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/**
 * Why nothing may be sent to this address; null when it may, as far as its text tells. A name is looked at again
 * when it is resolved, by `publicLookup`.
 */
export function whyNotEndpoint(endpoint: string, privateAddresses: boolean): string | null {
  if (!URL.canParse(endpoint)) return 'is no URL';
  const url = new URL(endpoint);
  if (url.protocol !== 'https:') return 'must begin with https:';
  if (url.username !== '' || url.password !== '') return 'must not carry a password';
  if (privateAddresses) return null;
  const host = hostOf(url);
  const inside = isIP(host) > 0 ? !isPublicAddress(host) : INNER_NAME.test(host) || !host.includes('.');
  return inside ? 'must be on the public internet' : null;
}

/** Resolves a name for a connection and refuses it when any of its addresses is not the public internet's. */
export const publicLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 0);
    const [first] = found;
    if (!first || !found.every(({ address }) => isPublicAddress(address)))
      return done(new Error(`${host} is not on the public internet`), '', 0);
    if (options.all) done(null, found);
    else done(null, first.address, first.family);
  });
};
