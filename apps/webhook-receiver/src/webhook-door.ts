import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type HookSecrets, WebhookInbox, type WebhookProvider } from '@clawtank/git';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ByteBudget } from './byte-budget.js';
import { fail } from './failures.js';
import { bringsProof, READERS, secretsOf } from './read-delivery.js';
import { WebhookSecrets } from './secrets.js';
import { unpack } from './unpack.js';

/** GitHub sends no more than this. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;
/** Of all bodies that are being received, so that senders without a secret can't fill the memory. */
const MAX_HELD_BYTES = 8 * MAX_BODY_BYTES;

/** Where a request carries what was found out before its body came. */
const AWAITED = 'webhook';

interface Address {
  readonly provider: WebhookProvider;
  readonly hookId: string | undefined;
}

interface Awaited extends Address {
  readonly secrets: HookSecrets;
}

/** What a body will need at most: what it says, or all that is allowed where it says nothing. */
function claimedBytes({ headers }: FastifyRequest): number {
  const length = headers['content-length'];
  return length === undefined ? MAX_BODY_BYTES : Math.min(Number(length), MAX_BODY_BYTES);
}

/** Takes what hosts tell us: checks the proof over the raw bytes, keeps them, answers. Work comes later. */
@Injectable()
export class WebhookDoor implements OnModuleInit {
  private readonly budget = new ByteBudget(MAX_HELD_BYTES);

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly secrets: WebhookSecrets,
    private readonly inbox: WebhookInbox,
  ) {}

  onModuleInit(): void {
    this.mount(this.host.httpAdapter.getInstance<FastifyInstance>());
  }

  private mount(server: FastifyInstance): void {
    // A scope of its own, because here alone the bytes are kept as they came.
    void server.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.decorateRequest(AWAITED, null);
      scope.addContentTypeParser(
        '*',
        { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
        (_request, body, ready) => ready(null, body),
      );
      for (const provider of ['github', 'gitlab'] as const) {
        for (const path of [`/webhooks/${provider}`, `/webhooks/${provider}/:hook_id`]) {
          const onRequest = (request: FastifyRequest, reply: FastifyReply): Promise<void> =>
            this.admit(provider, request, reply);
          scope.post(path, { onRequest }, async (request, reply) => {
            reply.code(202);
            return this.receive(request);
          });
        }
      }
      done();
    });
  }

  /** Turns away whoever can't be a host, before its body is read. */
  private async admit(
    provider: WebhookProvider,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { hook_id: hookId } = request.params as { readonly hook_id?: string };
    const found = this.secrets.find(provider, hookId);
    const secrets = found instanceof Promise ? await found : found;
    if (!bringsProof(provider, request.headers)) throw fail('webhook.bad_signature', {});
    const held = claimedBytes(request);
    if (!this.budget.take(held)) throw fail('webhook.busy', {}, { retryAfterMs: 1_000 });
    // Answered or given up half-way: the response is closed either way, and once.
    reply.raw.once('close', () => this.budget.giveBack(held));
    if (reply.raw.closed) this.budget.giveBack(held);
    request.setDecorator<Awaited>(AWAITED, { provider, hookId, secrets });
  }

  private async receive(request: FastifyRequest): Promise<{ delivery_id: string; repeated: boolean }> {
    const { provider, hookId = null, secrets } = request.getDecorator<Awaited>(AWAITED);
    const sent = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const proven = READERS[provider].read(request.headers, sent, secretsOf(secrets));
    const encoding = request.headers['content-encoding'];
    const body = encoding === undefined ? sent : await unpack(sent, encoding, MAX_BODY_BYTES);
    const isNew = await this.inbox.keep({ ...proven, provider, hookId, body });
    return { delivery_id: proven.deliveryId, repeated: !isNew };
  }
}
