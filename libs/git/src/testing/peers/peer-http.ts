import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface PeerRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly params: Readonly<Record<string, string>>;
  readonly body: PeerBody;
}

export interface PeerReply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is not the one asked for. */
export class PeerRefusal extends Error {
  readonly reply: PeerReply;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`${String(status)} ${JSON.stringify(body)}`);
    this.reply = { status, body, headers };
  }
}

/** The JSON object that a request brought, read field by field. */
export class PeerBody {
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(json: unknown) {
    this.fields = Object.fromEntries(typeof json === 'object' && json !== null ? Object.entries(json) : []);
  }

  text(name: string): string | undefined {
    const value = this.fields[name];
    return typeof value === 'string' ? value : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.fields[name];
    return typeof value === 'boolean' ? value : undefined;
  }

  inner(name: string): PeerBody {
    return new PeerBody(this.fields[name]);
  }

  list(name: string): readonly unknown[] | undefined {
    const value = this.fields[name];
    return Array.isArray(value) ? value : undefined;
  }
}

/** What a request may be answered with instead of the truth, while it matches. */
export interface PeerFault {
  readonly matches: (method: string, path: string) => boolean;
  readonly reply: PeerReply;
  times: number;
}

type Handler = (request: PeerRequest) => PeerReply | Promise<PeerReply>;
interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
}

/** `:name` takes one segment, decoded; `*name` takes the rest. */
const patternOf = (route: string): RegExp =>
  new RegExp(
    `^${route
      .replace(/[.]/g, '\\.')
      .replace(/:(\w+)/g, '(?<$1>[^/]+)')
      .replace(/\*(\w+)/g, '(?<$1>.+)')}$`,
  );

/** The HTTP server of a peer: routes, conditional answers, faults on demand, and a list of what was asked. */
export class PeerHttp {
  /** `METHOD /path?query` of every request, in order. */
  readonly log: string[] = [];
  readonly faults: PeerFault[] = [];
  /** Takes requests that are no JSON, such as git's; true when it has. */
  raw: (req: IncomingMessage, res: ServerResponse) => boolean = () => false;
  /** Runs around every answered route. */
  around: (request: PeerRequest, answer: () => Promise<PeerReply>) => Promise<PeerReply> = (_, answer) =>
    answer();
  private readonly routes: Route[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((req, res) => {
      this.log.push(`${req.method ?? ''} ${req.url ?? ''}`);
      if (!this.raw(req, res)) void this.serve(req, res);
    });
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  get origin(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? String(address.port) : ''}`;
  }

  route(method: string, pattern: string, handler: Handler): void {
    this.routes.push({ method, pattern: patternOf(pattern), handler });
  }

  /** Answers the next `times` requests that match with this instead. */
  fail(pattern: RegExp, reply: PeerReply, times = 1): void {
    this.faults.push({ matches: (method, path) => pattern.test(`${method} ${path}`), reply, times });
  }

  private async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', this.origin);
    const reply = await this.answer(req, url).catch((error: unknown): PeerReply => {
      if (error instanceof PeerRefusal) return error.reply;
      return { status: 500, body: { message: error instanceof Error ? (error.stack ?? '') : String(error) } };
    });
    send(req, res, reply);
  }

  private async answer(req: IncomingMessage, url: URL): Promise<PeerReply> {
    const fault = this.faults.find(
      ({ matches, times }) => times > 0 && matches(req.method ?? '', url.pathname),
    );
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(Buffer.from(chunk));
    if (fault) {
      fault.times -= 1;
      return fault.reply;
    }
    const text = Buffer.concat(chunks).toString();
    const body = new PeerBody(text === '' ? {} : JSON.parse(text));
    const { method = '', headers } = req;
    for (const route of this.routes) {
      const match = route.method === method ? route.pattern.exec(url.pathname) : null;
      if (!match) continue;
      const groups = Object.entries(match.groups ?? {});
      const params = Object.fromEntries(groups.map(([name, value]) => [name, decodeURIComponent(value)]));
      const request = { method, path: url.pathname, query: url.searchParams, headers, params, body };
      return this.around(request, async () => {
        const reply = await route.handler(request);
        return conditional(request, reply);
      });
    }
    return { status: 404, body: { message: 'Not Found' } };
  }
}

/** 304 for a reader who has this very answer. */
function conditional(request: PeerRequest, reply: PeerReply): PeerReply {
  if (request.method !== 'GET' || reply.status !== 200) return reply;
  const etag = `W/"${createHash('sha256').update(JSON.stringify(reply.body)).digest('hex')}"`;
  const headers = { ...reply.headers, etag };
  return request.headers['if-none-match'] === etag ? { status: 304, headers } : { ...reply, headers };
}

function send(req: IncomingMessage, res: ServerResponse, { status, body, headers }: PeerReply): void {
  if (res.destroyed) return;
  req.resume();
  const text = body === undefined ? '' : JSON.stringify(body);
  res.writeHead(status, {
    ...(text ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    ...headers,
  });
  res.end(text);
}

/** One page of a list, with a `Link` to the next. */
export function page<T>(
  request: PeerRequest,
  origin: string,
  items: readonly T[],
): PeerReply & { body: readonly T[] } {
  const size = Math.min(Number(request.query.get('per_page') ?? 30), 100);
  const number = Number(request.query.get('page') ?? 1);
  const body = items.slice((number - 1) * size, number * size);
  const query = new URLSearchParams(request.query);
  query.set('page', String(number + 1));
  const more = items.length > number * size;
  const link = `<${origin}${request.path}?${query.toString()}>; rel="next"`;
  return { status: 200, body, headers: more ? { link } : {} };
}
