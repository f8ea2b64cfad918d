import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Database } from '@clawtank/database';
import { keepDelivery, type WebhookDelivery } from '@clawtank/git';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fail } from './failures.js';
import { READERS } from './read-delivery.js';
import { WebhookConfig } from './webhook.config.js';

/** GitHub sends no more than this. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;

/** Takes what hosts tell us: checks the signature over the raw bytes, keeps them, answers. Work comes later. */
@Injectable()
export class WebhookDoor implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly config: WebhookConfig,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.mount(this.host.httpAdapter.getInstance<FastifyInstance>());
  }

  private mount(server: FastifyInstance): void {
    // A scope of its own, because here alone the bytes are kept as they came.
    void server.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(
        '*',
        { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
        (_request, body, ready) => ready(null, body),
      );
      for (const provider of ['github', 'gitlab'] as const) {
        scope.post(`/webhooks/${provider}`, async (request, reply) => {
          reply.code(202);
          return this.receive(provider, request);
        });
      }
      scope.post('/webhooks/:provider/:hook_id', () => {
        throw fail('webhook.unknown_hook', {});
      });
      done();
    });
  }

  private async receive(
    provider: WebhookDelivery['provider'],
    request: FastifyRequest,
  ): Promise<{ delivery_id: string; repeated: boolean }> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const delivery = READERS[provider](this.config, request.headers, body);
    const isNew = await keepDelivery(this.database, delivery);
    return { delivery_id: delivery.deliveryId, repeated: !isNew };
  }
}
