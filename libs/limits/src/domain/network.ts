const GROUPS = 8;
const NETWORK_GROUPS = 4;
const IPV6 = /^[\da-f]*:[\da-f:.]+(%\w+)?$/i;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * What shares one limit: an IPv4 address, or the /64 of an IPv6 address, since one household has all of that.
 * Text that is no address is passed on as it is.
 */
export function networkOf(address: string): string {
  const [, v4] = MAPPED.exec(address) ?? [];
  if (v4) return v4;
  if (!IPV6.test(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array.from({ length: Math.max(0, GROUPS - left.length - right.length) }, () => '0');
  const groups = [...left, ...zeros, ...right].slice(0, NETWORK_GROUPS);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));
