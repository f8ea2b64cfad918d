import { Octokit } from '@octokit/core';
import type { EndpointDefaults, OctokitResponse } from '@octokit/types';
import { RequestError } from '@octokit/request-error';
import type { HostLink } from '../../application/host-links.js';
import { HostGate } from '../host-gate.js';
import { RememberedAnswers } from '../remembered-answers.js';
import { GithubCredentials, type GithubToken, SILENT, statusOf } from './github-credentials.js';
import { githubFailure, limitEnd } from './github-failures.js';
import type { GithubSettings } from './github-settings.js';

const TIMEOUT_MS = 20_000;
const CONCURRENCY = 4;
/** Reads that fail on GitHub's side are tried again after these times. */
const RETRY_AFTER_MS = [300, 1_500];
const API_VERSION = '2022-11-28';

type Send = Octokit['request'];
type Options = Required<EndpointDefaults>;
type Answer = OctokitResponse<unknown>;

export interface ClientOptions {
  readonly wait?: (ms: number) => Promise<void>;
  readonly now?: () => number;
  /** Told whenever a limit begins. */
  readonly onLimited?: (link: HostLink, until: Date) => void;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** GitHub's REST API for any linked repository: credentials, limits, conditional reads, retries, failures. */
export class GithubClient {
  readonly credentials: GithubCredentials;
  private readonly wait: (ms: number) => Promise<void>;
  private readonly now: () => number;
  private readonly onLimited: ClientOptions['onLimited'];
  private readonly gates = new Map<string, HostGate>();
  private readonly answers = new RememberedAnswers();

  constructor(
    private readonly settings: GithubSettings,
    { wait = sleep, now = Date.now, onLimited }: ClientOptions = {},
  ) {
    this.wait = wait;
    this.now = now;
    this.onLimited = onLimited;
    this.credentials = new GithubCredentials(settings);
  }

  /** What sends requests for one repository. All it throws are our failures. */
  for(link: HostLink): Send {
    const octokit = new Octokit({ baseUrl: this.settings.apiUrl, userAgent: 'clawtank', log: SILENT });
    octokit.hook.wrap('request', async (request, options) =>
      this.send(link, options, async (one) => request(one)),
    );
    return octokit.request;
  }

  limitedUntil(link: HostLink): Date | undefined {
    return [...this.gates].find(([key]) => key === link.fullName)?.[1].limitedUntil;
  }

  private async send(
    link: HostLink,
    options: Options,
    request: (options: Options) => Promise<Answer>,
  ): Promise<Answer> {
    let token: GithubToken | undefined;
    try {
      token = await this.credentials.of(link);
      return await this.attempt(link, token, options, request);
    } catch (error) {
      // An App's token ends after an hour, or when somebody revokes it: once, a new one is asked for.
      if (statusOf(error) !== 401 || !token?.isApp) throw githubFailure(error, scene(link, token));
    }
    try {
      return await this.attempt(link, await this.credentials.of(link, true), options, request);
    } catch (error) {
      throw githubFailure(error, scene(link, token));
    }
  }

  private async attempt(
    link: HostLink,
    token: GithubToken,
    options: Options,
    request: (options: Options) => Promise<Answer>,
  ): Promise<Answer> {
    const reads = options.method === 'GET';
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.gate(link, token).pass(() => this.once(link, token, options, request));
      } catch (error) {
        const pause = RETRY_AFTER_MS[tries];
        const limited = error instanceof RequestError && this.gate(link, token).limitedUntil !== undefined;
        const broken = reads && (statusOf(error) ?? 0) >= 500;
        if (pause === undefined || (!limited && !broken)) throw error;
        // What was limited waits at the gate, which knows for how long.
        if (!limited) await this.wait(pause);
      }
    }
  }

  private async once(
    link: HostLink,
    token: GithubToken,
    options: Options,
    request: (options: Options) => Promise<Answer>,
  ): Promise<Answer> {
    const key =
      options.method === 'GET'
        ? `${token.account} ${JSON.stringify([options.url, queryOf(options)])}`
        : undefined;
    const known = key === undefined ? undefined : this.answers.get(key);
    const headers = {
      ...options.headers,
      authorization: `token ${token.token}`,
      'x-github-api-version': API_VERSION,
      ...(known ? { 'if-none-match': known.etag } : {}),
    };
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const answer = await request({ ...options, headers, request: { ...options.request, signal } });
      this.heed(link, token, answer.status, answer.headers);
      const { etag } = answer.headers;
      if (key !== undefined && etag !== undefined) this.answers.keep(key, { etag, answer });
      return answer;
    } catch (error) {
      if (error instanceof RequestError && error.response) {
        this.heed(link, token, error.status, error.response.headers);
        if (error.status === 304 && known) return known.answer as Answer;
      }
      throw error;
    }
  }

  private heed(
    link: HostLink,
    token: GithubToken,
    status: number,
    headers: Readonly<Record<string, string | number | undefined>>,
  ): void {
    const until = limitEnd(status, headers, this.now());
    if (!until) return;
    this.gate(link, token).limit(until);
    this.onLimited?.(link, until);
  }

  private gate(link: HostLink, { account }: GithubToken): HostGate {
    const gate = this.gates.get(account) ?? this.newGate();
    this.gates.set(account, gate);
    this.gates.set(link.fullName, gate);
    return gate;
  }

  private newGate(): HostGate {
    const { now, wait } = this;
    const { patienceMs } = this.settings;
    return new HostGate({ host: 'GitHub', patienceMs, concurrency: CONCURRENCY, now, wait });
  }
}

const scene = (link: HostLink, token: GithubToken | undefined): { repository: string; isApp: boolean } => ({
  repository: link.fullName,
  isApp: token?.isApp ?? true,
});

/** What tells two reads of one route apart. */
function queryOf(options: Options): object {
  const { headers: _headers, request: _request, ...rest } = options;
  return rest;
}
