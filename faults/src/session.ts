import { setTimeout as delay } from 'node:timers/promises';
import type { SessionReply } from '@clawtank/contracts';

const RENEW_AFTER_MS = 240_000;
const REQUEST_LIMIT_MS = 8_000;

export interface Account {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One request and its answer, whatever it is. Rejects when none came. */
export async function ask(
  url: string,
  init: { method?: string; token?: string; key?: string; body?: object } = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: init.method ?? (init.body ? 'POST' : 'GET'),
    signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
    headers: {
      ...(init.token ? { authorization: `Bearer ${init.token}` } : {}),
      ...(init.key ? { 'idempotency-key': init.key } : {}),
      ...(init.body ? { 'content-type': 'application/json' } : {}),
    },
    ...(init.body ? { body: JSON.stringify(init.body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

/** Asks until it is answered well. For set-up and checks, never for what is measured. */
export async function insist<T>(url: string, init: Parameters<typeof ask>[1] = {}): Promise<T> {
  let last = '';
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const answer = await ask(url, init).catch((error: unknown) => String(error));
    if (typeof answer !== 'string' && answer.status < 300) return answer.body as T;
    last = typeof answer === 'string' ? answer : `${answer.status} ${JSON.stringify(answer.body)}`;
    if (typeof answer !== 'string' && answer.status < 429) break;
    await delay(500);
  }
  throw new Error(`${url}: ${last}`);
}

/** A person who stays signed in. */
export class Session {
  private token = '';
  private since = 0;
  private renewing: Promise<string> | undefined;

  private constructor(
    private readonly server: string,
    readonly account: Account,
    readonly userId: string,
  ) {}

  static async register(server: string, account: Account): Promise<Session> {
    const reply = await insist<SessionReply>(`${server}/api/v1/auth/register`, { body: account });
    const session = new Session(server, account, reply.user.id);
    session.token = reply.access_token;
    session.since = Date.now();
    return session;
  }

  /** An access token that is good for a while. */
  async access(): Promise<string> {
    if (Date.now() - this.since < RENEW_AFTER_MS) return this.token;
    this.renewing ??= this.signIn().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private async signIn(): Promise<string> {
    const { username: login, password } = this.account;
    const reply = await insist<SessionReply>(`${this.server}/api/v1/auth/login`, {
      body: { login, password },
    });
    this.token = reply.access_token;
    this.since = Date.now();
    return this.token;
  }
}
