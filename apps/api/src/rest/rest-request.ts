import type { Caller } from '@clawtank/commands';
import type { FastifyRequest } from 'fastify';

/** A request after its guard. */
export interface RestRequest extends FastifyRequest {
  /** Null for a stranger. */
  caller?: Caller | null;
}
