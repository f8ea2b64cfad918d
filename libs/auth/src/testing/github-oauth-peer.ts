import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface GitHubPerson {
  readonly id: number;
  readonly login: string;
  readonly name: string | null;
  readonly emails: readonly {
    readonly email: string;
    readonly primary: boolean;
    readonly verified: boolean;
  }[];
}

interface Grant {
  readonly person: GitHubPerson;
  readonly redirectUri: string;
  readonly challenge: string | null;
}

export const GITHUB_CLIENT = { id: 'Iv1.clawtankclawtank', secret: 'a-secret-of-the-app-only' } as const;

const token = (): string => randomBytes(20).toString('hex');

/**
 * The part of GitHub that people sign in through, over HTTP: it asks who is signed in there, redeems a code once, for
 * the client, address and verifier that it was given to, and answers wrong ones with 200 and an `error`, as GitHub does.
 */
export class GitHubOAuthPeer {
  /** Who is signed in there in the browser that comes. */
  person: GitHubPerson = {
    id: 583_231,
    login: 'mona-lisa',
    name: 'Mona Lisa',
    emails: [{ email: 'mona@example.org', primary: true, verified: true }],
  };
  /** `page` shows a button first; `refuse` is somebody who presses Cancel. */
  answer: 'at-once' | 'page' | 'refuse' = 'at-once';
  /** Where tokens should be, there are answers with this status. */
  failing: number | null = null;
  /** How far its clock is ahead. */
  clockOffMs = 0;
  /** What the last browser was sent with. */
  asked = new URLSearchParams();
  private readonly grants = new Map<string, Grant>();
  private readonly tokens = new Map<string, GitHubPerson>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** A code that somebody else got for themselves at the same application. */
  codeFor(person: GitHubPerson, redirectUri: string, verifier: string | null): string {
    const challenge = verifier === null ? null : createHash('sha256').update(verifier).digest('base64url');
    return this.grant({ person, redirectUri, challenge });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const { pathname } = url;
    response.setHeader('date', new Date(Date.now() + this.clockOffMs).toUTCString());
    if (pathname === '/login/oauth/authorize') return this.authorize(url.searchParams, response);
    if (this.failing !== null) return send(response, this.failing, { message: 'Server Error' });
    if (pathname === '/login/oauth/access_token' && request.method === 'POST')
      return send(response, 200, this.redeem(new URLSearchParams(await text(request))));
    const person = this.tokens.get(request.headers.authorization?.replace(/^Bearer /i, '') ?? '');
    if (!person) return send(response, 401, { message: 'Bad credentials' });
    const { id, login, name, emails } = person;
    if (pathname === '/api/v3/user') return send(response, 200, { id, login, name, type: 'User' });
    if (pathname === '/api/v3/user/emails') return send(response, 200, emails);
    send(response, 404, { message: 'Not Found' });
  }

  private authorize(query: URLSearchParams, response: ServerResponse): void {
    const back = new URL(query.get('redirect_uri') ?? 'http://none.invalid');
    this.asked = query;
    if (query.get('client_id') !== GITHUB_CLIENT.id) return send(response, 404, { message: 'Not Found' });
    if (this.answer === 'page' && !query.has('yes')) return page(response, query);
    if (query.has('state')) back.searchParams.set('state', query.get('state') ?? '');
    if (this.answer === 'refuse') back.searchParams.set('error', 'access_denied');
    else {
      const redirectUri = query.get('redirect_uri') ?? '';
      const code = this.grant({ person: this.person, redirectUri, challenge: query.get('code_challenge') });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  private grant(grant: Grant): string {
    const code = token();
    this.grants.set(code, grant);
    return code;
  }

  private redeem(form: URLSearchParams): object {
    if (form.get('client_id') !== GITHUB_CLIENT.id || form.get('client_secret') !== GITHUB_CLIENT.secret)
      return { error: 'incorrect_client_credentials' };
    const code = form.get('code') ?? '';
    const grant = this.grants.get(code);
    this.grants.delete(code);
    if (!grant) return { error: 'bad_verification_code' };
    if (form.get('redirect_uri') !== grant.redirectUri) return { error: 'redirect_uri_mismatch' };
    const verifier = form.get('code_verifier');
    const challenge = verifier === null ? null : createHash('sha256').update(verifier).digest('base64url');
    if (challenge !== grant.challenge) return { error: 'bad_verification_code' };
    const access = `gho_${token()}`;
    this.tokens.set(access, grant.person);
    return { access_token: access, token_type: 'bearer', scope: 'read:user,user:email' };
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function page(response: ServerResponse, query: URLSearchParams): void {
  const escaped = (value: string): string =>
    value.replace(/[&"<>]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
  const fields = [...query, ['yes', '1']].map(
    ([name = '', value = '']) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const html = `<!doctype html><title>Authorize</title><form>${fields.join('')}<button>Authorize</button></form>`;
  response.writeHead(200, { 'content-type': 'text/html' }).end(html);
}
