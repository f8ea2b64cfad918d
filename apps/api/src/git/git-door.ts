import { access, constants } from 'node:fs/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { GitConfig, GitHttp } from '@clawtank/git';
import { clientAddress, HttpConfig, Readiness } from '@clawtank/http';
import type { FastifyInstance } from 'fastify';

/** Git's own protocol beside the API: streams both ways, no body parser, no Nest in between. */
@Injectable()
export class GitDoor implements OnModuleInit {
  constructor(
    private readonly git: GitHttp,
    private readonly gitConfig: GitConfig,
    private readonly http: HttpConfig,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.require('git_root', () => access(this.gitConfig.root, constants.R_OK | constants.W_OK));
  }

  mount(server: FastifyInstance): void {
    void server.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, ready) => ready(null));
      scope.all('/git/*', (request, reply) => {
        reply.hijack();
        void this.git.handle(request.raw, reply.raw, clientAddress(request.raw, this.http.proxyHops));
      });
      done();
    });
  }
}
