import type { RequestListener, Server } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { SERVER_OPTIONS } from '@clawtank/http';

/**
 * The HTTP server that the API is mounted on, with our limits and request ids.
 * @param wrap puts something in front of Nest's listener; the all-in-one server answers pages there
 */
export function createAdapter(wrap?: (nest: RequestListener) => Server): FastifyAdapter {
  if (!wrap) return new FastifyAdapter({ ...SERVER_OPTIONS });
  return new FastifyAdapter({
    ...SERVER_OPTIONS,
    serverFactory: (nest: RequestListener) => {
      const server = wrap(nest);
      server.requestTimeout = SERVER_OPTIONS.requestTimeout;
      server.keepAliveTimeout = SERVER_OPTIONS.keepAliveTimeout;
      server.on('clientError', SERVER_OPTIONS.clientErrorHandler);
      return server;
    },
  });
}
