import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { GitDoor } from '../git/git-door.js';
import { compressReads } from './compress.js';
import { Draining } from './draining.js';
import { logRequests } from './log-requests.js';

/** JSON alone is read; an empty body is none, whatever it calls itself. */
function readJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(
        Object.assign(new Error('malformed JSON'), {
          code: 'FST_ERR_CTP_INVALID_JSON_BODY',
          statusCode: 400,
        }),
      );
    }
  });
}

/** Answers are the caller's own: nothing in between may keep or reinterpret them. */
function guardAnswers(server: FastifyInstance, draining: Draining): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    reply.header('X-Request-Id', request.id);
    reply.header('X-Content-Type-Options', 'nosniff');
    if (reply.getHeader('Cache-Control') === undefined) reply.header('Cache-Control', 'no-store');
    if (draining.now) reply.header('Connection', 'close');
    done(null, payload);
  });
}

/**
 * Prepares an application that embeds `ApiModule`, made with `createAdapter()` and `bodyParser: false`. Call it
 * before `listen` or `init`.
 */
export function prepareApi(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  compressReads(server);
  readJsonOnly(server);
  guardAnswers(server, app.get(Draining));
  logRequests(server);
  app.get(GitDoor).mount(server);
}
