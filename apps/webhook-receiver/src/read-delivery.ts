import type { IncomingHttpHeaders } from 'node:http';
import type { WebhookDelivery } from '@clawtank/git';
import { fail } from './failures.js';
import { isSignedByGithub, isTokenOfGitlab } from './signature.js';
import type { WebhookConfig } from './webhook.config.js';

const MAX_HEADER = 200;

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value.slice(0, MAX_HEADER) : undefined;
}

function needed(headers: IncomingHttpHeaders, name: string): string {
  const value = header(headers, name);
  if (!value) throw fail('webhook.incomplete', { header: name });
  return value;
}

type Read = (config: WebhookConfig, headers: IncomingHttpHeaders, body: Buffer) => WebhookDelivery;

/**
 * One reader a host: checks who sent the bytes before anything in them is looked at. All throw
 * webhook.not_configured, webhook.bad_signature, webhook.incomplete.
 */
export const READERS: Readonly<Record<WebhookDelivery['provider'], Read>> = {
  github: ({ githubSecret }, headers, body) => {
    if (!githubSecret) throw fail('webhook.not_configured', { provider: 'GitHub' });
    if (!isSignedByGithub(githubSecret, body, header(headers, 'x-hub-signature-256'))) {
      throw fail('webhook.bad_signature', {});
    }
    const deliveryId = needed(headers, 'x-github-delivery');
    return { provider: 'github', deliveryId, event: needed(headers, 'x-github-event'), body };
  },
  gitlab: ({ gitlabSecret }, headers, body) => {
    if (!gitlabSecret) throw fail('webhook.not_configured', { provider: 'GitLab' });
    if (!isTokenOfGitlab(gitlabSecret, header(headers, 'x-gitlab-token'))) {
      throw fail('webhook.bad_signature', {});
    }
    const deliveryId = needed(headers, 'x-gitlab-event-uuid');
    return {
      provider: 'gitlab',
      deliveryId,
      event: needed(headers, 'x-gitlab-event'),
      body,
    };
  },
};
