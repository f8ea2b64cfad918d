import { allowInsecureRequests, type Configuration } from 'openid-client';

/** Somebody waits in front of a blank page meanwhile. */
export const ANSWER_SECONDS = 8;

/** What is on this machine needs no TLS; the settings let no other address be without. */
export const allowances = (url: string): ((config: Configuration) => void)[] =>
  new URL(url).protocol === 'http:' ? [allowInsecureRequests] : [];
