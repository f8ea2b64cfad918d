import type { IncomingHttpHeaders } from 'node:http';
import type { HookSecrets, WebhookDelivery, WebhookProvider } from '@clawtank/git';
import { fail } from './failures.js';
import { isSignedByGithub, isSignedByGitlab, isSigningToken, isTokenOfGitlab } from './signature.js';

const MAX_HEADER = 200;

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value.slice(0, MAX_HEADER) : undefined;
}

/** The first of some headers that is there. */
function needed(headers: IncomingHttpHeaders, ...names: readonly [string, ...string[]]): string {
  const found = names.map((name) => header(headers, name)).find((value) => value);
  if (!found) throw fail('webhook.incomplete', { header: names[0] });
  return found;
}

type Proven = Pick<WebhookDelivery, 'deliveryId' | 'event' | 'proof'>;

interface Reader {
  /** Headers of which one proves a delivery; without any its body is not even read. */
  readonly proofs: readonly string[];
  /** @throws webhook.bad_signature, webhook.incomplete */
  readonly read: (headers: IncomingHttpHeaders, body: Buffer, secrets: readonly string[]) => Proven;
}

const SIGNATURE = 'webhook-signature';
const TOKEN = 'x-gitlab-token';

/** A signature that is there decides; the token counts only where no signature was agreed on. */
function provenByGitlab(
  headers: IncomingHttpHeaders,
  body: Buffer,
  secrets: readonly string[],
): WebhookDelivery['proof'] {
  const signed = {
    id: header(headers, 'webhook-id'),
    timestamp: header(headers, 'webhook-timestamp'),
    signature: header(headers, SIGNATURE),
  };
  const now = new Date();
  if (secrets.some((secret) => isSignedByGitlab(secret, body, signed, now))) return 'signature';
  const tokens = signed.signature === undefined ? secrets.filter((secret) => !isSigningToken(secret)) : [];
  if (tokens.some((secret) => isTokenOfGitlab(secret, header(headers, TOKEN)))) return 'token';
  throw fail('webhook.bad_signature', {});
}

/** One reader a host: checks who sent the bytes before anything in them is looked at. */
export const READERS: Readonly<Record<WebhookProvider, Reader>> = {
  github: {
    proofs: ['x-hub-signature-256'],
    read: (headers, body, secrets) => {
      const signature = header(headers, 'x-hub-signature-256');
      if (!secrets.some((secret) => isSignedByGithub(secret, body, signature)))
        throw fail('webhook.bad_signature', {});
      const deliveryId = needed(headers, 'x-github-delivery');
      return { deliveryId, event: needed(headers, 'x-github-event'), proof: 'signature' };
    },
  },
  gitlab: {
    proofs: [SIGNATURE, TOKEN],
    read: (headers, body, secrets) => {
      const proof = provenByGitlab(headers, body, secrets);
      // What is signed comes first; the last is as old as GitLab 14 and the same for webhooks that one event called.
      const deliveryId = needed(headers, 'webhook-id', 'idempotency-key', 'x-gitlab-event-uuid');
      return { deliveryId, event: needed(headers, 'x-gitlab-event'), proof };
    },
  },
};

/** Whether a request brings any proof at all. */
export const bringsProof = (provider: WebhookProvider, headers: IncomingHttpHeaders): boolean =>
  READERS[provider].proofs.some((name) => header(headers, name));

/** Secrets as a list, the present one first. */
export const secretsOf = ({ current, previous }: HookSecrets): readonly string[] =>
  previous === undefined ? [current] : [current, previous];
