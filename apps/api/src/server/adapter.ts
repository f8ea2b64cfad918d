import { FastifyAdapter } from '@nestjs/platform-fastify';
import { SERVER_OPTIONS } from '@clawtank/http';

/** The HTTP server that the API is mounted on, with our limits and request ids. */
export const createAdapter = (): FastifyAdapter => new FastifyAdapter({ ...SERVER_OPTIONS });
