import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/** Git's own protocol beside the API: streams both ways, no body parser, no Nest in between. */
@Injectable()
export class GitDoor {
  mount(server: FastifyInstance): void {
    void server.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, ready) => ready(null));
      scope.all('/git/*', (_request, reply) => {
        reply.hijack();
        reply.raw.writeHead(503).end();
      });
      done();
    });
  }
}
