import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import webPush from 'web-push';
import type { PushKeys } from '../domain/push-keys.js';
import type { DuePush } from '../persistence/push-outbox.js';
import { PushConfig } from '../push.config.js';
import { publicLookup, whyNotEndpoint } from './push-endpoint.js';

const TIMEOUT_MS = 10_000;
const KEPT_SECONDS = 24 * 3_600;

export interface PushAnswer {
  /** Null when there was no answer, or none may be asked for. */
  readonly status: number | null;
  readonly retryAfter: number | null;
}

const NO_ANSWER: PushAnswer = { status: null, retryAfter: null };

/** As if the push service had refused it: nothing about the next try would be different. */
const REFUSED: PushAnswer = { status: 400, retryAfter: null };

function answerOf(response: IncomingMessage): PushAnswer {
  // What it says beside its status is of no use here, and may be endless.
  response.destroy();
  const after = Number(response.headers['retry-after']);
  return {
    status: response.statusCode ?? null,
    retryAfter: Number.isFinite(after) && after > 0 ? after : null,
  };
}

/** Brings one push to its push service, encrypted for the browser alone. Follows no redirect. */
@Injectable()
export class PushCourier {
  private readonly ca: Buffer | undefined;

  constructor(private readonly config: PushConfig) {
    this.ca = config.caFile === undefined ? undefined : readFileSync(config.caFile);
  }

  async send(push: DuePush, keys: PushKeys): Promise<PushAnswer> {
    if (whyNotEndpoint(push.endpoint, this.config.privateAddresses) !== null) return REFUSED;
    const sealed = this.seal(push, keys);
    return sealed === null ? REFUSED : this.post(push.endpoint, sealed);
  }

  private seal(push: DuePush, keys: PushKeys): webPush.RequestDetails | null {
    const { kind, title, body, path, cause } = push;
    try {
      return webPush.generateRequestDetails(
        { endpoint: push.endpoint, keys: { p256dh: push.p256dh, auth: push.auth } },
        JSON.stringify({ kind, title, body, path, tag: cause }),
        {
          vapidDetails: { subject: this.config.contact, ...keys },
          contentEncoding: 'aes128gcm',
          TTL: KEPT_SECONDS,
          urgency: 'high',
          // A push that went out twice replaces the first one where that still waits.
          topic: cause.replaceAll('-', ''),
        },
      );
    } catch {
      return null;
    }
  }

  private post(endpoint: string, { headers, body }: webPush.RequestDetails): Promise<PushAnswer> {
    return new Promise((resolve) => {
      const sending = request(
        endpoint,
        {
          method: 'POST',
          headers,
          agent: false,
          signal: AbortSignal.timeout(TIMEOUT_MS),
          ...(this.config.privateAddresses ? {} : { lookup: publicLookup }),
          ...(this.ca ? { ca: this.ca } : {}),
        },
        (response) => resolve(answerOf(response)),
      );
      sending.once('error', () => resolve(NO_ANSWER));
      sending.end(body);
    });
  }
}
