import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const PUBLIC_IPV6 = ipaddr.parseCIDR('2000::/3');

/** Documentation and discard ranges that ipaddr.js counts as ordinary unicast or that changed lately. */
const SPECIAL = ['192.0.0.0/24', '192.88.99.0/24', '100::/64', '3fff::/20', '5f00::/16', '2001:db8::/32'].map(
  (cidr) => ipaddr.parseCIDR(cidr),
);

/**
 * Is this address one of the public internet's? False for everything that the IANA special-purpose registries
 * list (private, loopback, link-local, unique local, shared, multicast, documentation, embedded IPv4 …) and for
 * text that is no address.
 */
export function isPublicAddress(text: string): boolean {
  // ipaddr.js alone would also read shorthands such as `127.1`.
  if (isIP(text) === 0 || text.includes('%')) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv6' && !address.match(PUBLIC_IPV6)) return false;
  return !SPECIAL.some(([net, bits]) => net.kind() === address.kind() && address.match([net, bits]));
}
