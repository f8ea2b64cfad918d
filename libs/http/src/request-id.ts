import type { IncomingMessage } from 'node:http';
import { newId } from '@clawtank/kernel';

const ACCEPTED = /^[\w-]{8,64}$/;

/** The id that log lines of a request carry: the caller's `X-Request-Id` where it is harmless, else a new one. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTED.test(given) ? given : newId();
}
