import { createRequire } from 'node:module';
import type { WebhookDefinition } from '@octokit/webhooks-examples';
import type { EventPayloadMap, WebhookEventName } from '@octokit/webhooks-types';

const loaded: unknown = createRequire(import.meta.url)('@octokit/webhooks-examples');
const DEFINITIONS = loaded as readonly WebhookDefinition[];

/** A real payload of GitHub's, of this event and action: what the peer says has its shape. */
export function example<N extends WebhookEventName>(name: N, action?: string): EventPayloadMap[N];
export function example(name: string, action?: string): object {
  const examples: readonly object[] = DEFINITIONS.find((one) => one.name === name)?.examples ?? [];
  const found = examples.find((one) => action === undefined || ('action' in one && one.action === action));
  if (!found) throw new Error(`no example of ${name}.${action ?? ''}`);
  return found;
}

export interface Place {
  readonly api: string;
  readonly web: string;
  readonly fullName: string;
}

const REPOSITORY = 'Codertocat/Hello-World';

/** The example with every address in it moved to the peer, and to this repository. */
export function localised<T>(value: T, { api, web, fullName }: Place): T {
  const owner = fullName.split('/')[0] ?? '';
  const text = JSON.stringify(value)
    .replaceAll(`https://api.github.com/repos/${REPOSITORY}`, `${api}/repos/${fullName}`)
    .replaceAll(`https://github.com/${REPOSITORY}`, `${web}/${fullName}`)
    .replaceAll(`git://github.com/${REPOSITORY}`, `git://peer.invalid/${fullName}`)
    .replaceAll(`git@github.com:${REPOSITORY}`, `git@peer.invalid:${fullName}`)
    .replaceAll('https://api.github.com/users/Codertocat', `${api}/users/${owner}`)
    .replaceAll('https://github.com/Codertocat', `${web}/${owner}`)
    .replaceAll('https://api.github.com', api);
  return JSON.parse(text) as T;
}
