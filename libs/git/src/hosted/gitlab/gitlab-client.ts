import { Gitlab } from '@gitbeaker/rest';
import { createRequesterFn, type FormattedResponse, type RequestHandlerFn } from '@gitbeaker/requester-utils';
import type { HostLink } from '../../application/host-links.js';
import { fail } from '../../domain/failures.js';
import { HostGate } from '../host-gate.js';
import { gitlabFailure, GitlabRefusal } from './gitlab-failures.js';

export interface GitlabSettings {
  /** `https://gitlab.com`, or one's own. */
  readonly url: string;
  /** The server's own token, for rooms that bring none. */
  readonly token?: string;
  readonly patienceMs: number;
}

export interface GitlabClientOptions {
  readonly wait?: (ms: number) => Promise<void>;
  readonly now?: () => number;
  readonly onLimited?: (link: HostLink, until: Date) => void;
}

const TIMEOUT_MS = 20_000;
const CONCURRENCY = 4;
const RETRY_AFTER_MS = [300, 1_500];
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * GitLab's API for any linked project, by Gitbeaker with a requester of our own: Gitbeaker's tries a limited request
 * ten times by itself, for minutes, and tells nobody.
 */
export class GitlabClient {
  private readonly gates = new Map<string, HostGate>();
  private readonly wait: (ms: number) => Promise<void>;
  private readonly now: () => number;
  private readonly onLimited: GitlabClientOptions['onLimited'];

  constructor(
    private readonly settings: GitlabSettings,
    { wait = sleep, now = Date.now, onLimited }: GitlabClientOptions = {},
  ) {
    this.wait = wait;
    this.now = now;
    this.onLimited = onLimited;
  }

  /** @throws host.no_credentials */
  tokenOf(link: HostLink): string {
    const token = link.token ?? this.settings.token;
    if (token === undefined) throw fail('host.no_credentials', { host: 'GitLab' });
    return token;
  }

  /** Runs one call for a project. All it throws are our failures. */
  async run<T>(link: HostLink, call: (api: Gitlab<false>) => Promise<T>): Promise<T> {
    const handler: RequestHandlerFn = (endpoint, options) => this.send(link, endpoint, options ?? {});
    const requesterFn = createRequesterFn((_, options) => Promise.resolve(options), handler);
    const api = new Gitlab<false>({ host: this.settings.url, token: this.tokenOf(link), requesterFn });
    try {
      return await call(api);
    } catch (error) {
      throw gitlabFailure(error, link.fullName);
    }
  }

  limitedUntil(link: HostLink): Date | undefined {
    return this.gateOf(link).limitedUntil;
  }

  private async send(
    link: HostLink,
    endpoint: string,
    options: Readonly<Record<string, unknown>>,
  ): Promise<FormattedResponse> {
    const reads = (options['method'] ?? 'GET') === 'GET';
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.gateOf(link).pass(() => this.once(link, endpoint, options));
      } catch (error) {
        const pause = RETRY_AFTER_MS[tries];
        const status = error instanceof GitlabRefusal ? error.status : 0;
        if (pause === undefined || (status !== 429 && !(reads && status >= 500))) throw error;
        if (status !== 429) await this.wait(pause);
      }
    }
  }

  private async once(
    link: HostLink,
    endpoint: string,
    { prefixUrl, searchParams, method, headers, body }: Readonly<Record<string, unknown>>,
  ): Promise<FormattedResponse> {
    const base = typeof prefixUrl === 'string' ? prefixUrl : this.settings.url;
    const url = new URL(endpoint, base.endsWith('/') ? base : `${base}/`);
    url.search = typeof searchParams === 'string' ? searchParams : '';
    const answer = await fetch(url, {
      method: typeof method === 'string' ? method : 'GET',
      headers: new Headers(
        Object.entries(headers ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
      ),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(typeof body === 'string' || body instanceof FormData ? { body } : {}),
    });
    const until = limitIn(answer, this.now());
    if (until) this.limit(link, until);
    const text = await answer.text();
    const json = /json/.test(answer.headers.get('content-type') ?? '');
    const parsed: unknown = json && text !== '' ? JSON.parse(text) : text;
    if (!answer.ok) throw new GitlabRefusal(answer.status, parsed);
    return {
      body: parsed as FormattedResponse['body'],
      headers: Object.fromEntries(answer.headers),
      status: answer.status,
    };
  }

  private limit(link: HostLink, until: Date): void {
    this.gateOf(link).limit(until);
    this.onLimited?.(link, until);
  }

  private gateOf(link: HostLink): HostGate {
    const account = this.tokenOf(link);
    const { now, wait } = this;
    const { patienceMs } = this.settings;
    const gate =
      this.gates.get(account) ??
      new HostGate({ host: 'GitLab', patienceMs, concurrency: CONCURRENCY, now, wait });
    this.gates.set(account, gate);
    return gate;
  }
}

const SHORTEST_MS = 1_000;

/**
 * Until when GitLab takes nothing more: as it says with a refusal, in seconds or as a date, or when the requests of the
 * window are used up (https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/).
 */
function limitIn({ status, headers }: Response, now: number): Date | undefined {
  const reset = Number(headers.get('ratelimit-reset')) * 1_000;
  if (status !== 429) {
    const isUsedUp = headers.get('ratelimit-remaining') === '0' && reset > now;
    return isUsedUp ? new Date(reset) : undefined;
  }
  const said = headers.get('retry-after') ?? '';
  const until = /^\d+$/.test(said) ? now + Number(said) * 1_000 : Date.parse(said);
  return new Date(Math.max(Number.isNaN(until) ? reset : until, now + SHORTEST_MS));
}
