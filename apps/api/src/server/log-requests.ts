import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

const log = new Logger('request');

/** One line a request: its route, never its path, query, headers or body, which may hold secrets. */
export function logRequests(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    const line = {
      request_id: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (reply.statusCode >= 500) log.warn(line);
    else log.debug(line);
    done();
  });
}
