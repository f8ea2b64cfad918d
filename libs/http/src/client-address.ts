import type { IncomingMessage } from 'node:http';

/**
 * The network address of whoever sent a request. Behind `proxyHops` trusted proxies it is the entry that the
 * outermost of them added to `X-Forwarded-For`; what a client itself wrote there is never believed.
 */
export function clientAddress(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxyHops: number,
): string {
  const direct = request.socket.remoteAddress ?? '';
  if (proxyHops === 0) return direct;
  const chain = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return chain.at(-proxyHops) ?? direct;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/** True for an address of this machine itself. */
export const isLoopback = (address: string): boolean => LOOPBACK.test(address);
