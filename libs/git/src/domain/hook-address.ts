import type { WebhookProvider } from './webhook-provider.js';

const isHere = (url: URL): boolean =>
  /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(url.hostname);

/**
 * Where a code host can tell this server of news, as `https://tank.example.org`; undefined where it can't: nobody
 * said what this server's address is, or it is one that means each machine itself.
 * @param publicUrl what people open this server by
 * @param hostUrl the code host; one on this very machine reaches what is here
 */
export function newsBase(publicUrl: string | undefined, hostUrl: string): string | undefined {
  if (publicUrl === undefined || !URL.canParse(publicUrl)) return undefined;
  const url = new URL(publicUrl);
  if (isHere(url) && !(URL.canParse(hostUrl) && isHere(new URL(hostUrl)))) return undefined;
  return url.origin;
}

/** The address of one webhook. */
export const hookAddress = (base: string, provider: WebhookProvider, hookId: string): string =>
  `${base}/webhooks/${provider}/${hookId}`;
