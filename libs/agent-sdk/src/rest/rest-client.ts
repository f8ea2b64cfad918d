import type {
  CommandInputOf,
  CommandName,
  CommandReplyOf,
  QueryInputOf,
  QueryName,
  QueryReplyOf,
} from '@clawtank/contracts';
import { ClawTankError, clientError, errorOfAnswer, protocolError } from '../errors.js';
import type { TokenProvider } from '../tokens/token-provider.js';
import { backoffDelay } from '../wire/backoff.js';
import { newCommandId } from '../wire/command-id.js';
import { sleep, within, type Limits } from '../wire/wait.js';
import { fillPath, queryString } from './path.js';
import { COMMAND_ROUTES, type HttpMethod, QUERY_ROUTES } from './routes.js';

const DEFAULT_TIMEOUT_MS = 45_000;
const RETRIES = 4;
const RETRY_BACKOFF = { firstMs: 250, capMs: 4_000 };
/** A longer pause than this is the caller's to decide about. */
const LONGEST_PAUSE_MS = 10_000;

export interface RestOptions {
  /** Where the server is, e.g. `https://tank.example.org`; a path is kept. */
  readonly server: string;
  readonly tokens?: TokenProvider;
  /** Another `fetch` than the global one. */
  readonly fetch?: typeof fetch;
  /** `include` sends the browser's cookies. */
  readonly credentials?: 'include';
}

export interface RestCall extends Limits {
  /** Makes a POST safe to send twice: the same key has one effect. */
  readonly idempotencyKey?: string;
}

interface Prepared extends RestCall {
  readonly method: HttpMethod;
  readonly path: string;
  readonly body?: object;
}

/** REST, under `/api/v1`. What fails for a moment (network, UNAVAILABLE) is retried where that has one effect. */
export class RestClient {
  private readonly base: string;
  private readonly fetch: typeof fetch;

  constructor(private readonly options: RestOptions) {
    this.base = `${options.server.replace(/\/+$/, '')}/api/v1`;
    this.fetch = options.fetch ?? ((input, init) => fetch(input, init));
  }

  /** A read by its name in the wire contract; path and query string are made from `input`. */
  query<N extends QueryName>(name: N, input: QueryInputOf<N>, call: Limits = {}): Promise<QueryReplyOf<N>> {
    const { path, rest } = fillPath(QUERY_ROUTES[name], { ...input });
    return this.get<QueryReplyOf<N>>(path + queryString(rest), call);
  }

  /** A command through its REST door, for programs that need no socket; sent again with the same id on failure. */
  command<N extends CommandName>(
    name: N,
    input: CommandInputOf<N>,
    call: Limits = {},
  ): Promise<CommandReplyOf<N>> {
    const [method, route] = COMMAND_ROUTES[name];
    const { command_id: id = newCommandId(), ...fields } = input;
    const { path, rest } = fillPath(route, fields);
    return this.send<CommandReplyOf<N>>({ ...call, method, path, body: rest, idempotencyKey: id });
  }

  get<T>(path: string, call: RestCall = {}): Promise<T> {
    return this.send<T>({ ...call, method: 'GET', path });
  }

  post<T>(path: string, body: object, call: RestCall = {}): Promise<T> {
    return this.send<T>({ ...call, method: 'POST', path, body });
  }

  /**
   * The lines of a long answer, as they come; it may take as long as it takes. Nothing is retried.
   * @throws ClawTankError as the server refuses it, or `client.network` when the answer breaks off
   */
  async *lines(path: string, { signal }: Pick<Limits, 'signal'> = {}): AsyncGenerator<string> {
    const token = await this.options.tokens?.access({ signal });
    const label = `GET ${path}`;
    try {
      const response = await this.fetch(this.base + path, {
        headers: token ? { authorization: `Bearer ${token.token}` } : {},
        ...(signal ? { signal } : {}),
      });
      if (!response.ok || !response.body)
        throw errorOfAnswer(response.status, parseLoosely(await response.text()), label);
      let rest = '';
      const decoder = new TextDecoder();
      for await (const chunk of response.body as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) {
        const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
        rest = parts.pop() ?? '';
        yield* parts;
      }
      if (rest !== '') yield rest;
    } catch (error) {
      if (error instanceof ClawTankError || signal?.aborted) throw error;
      throw clientError('network', `${label}: the answer broke off (${causeOf(error)})`, error);
    }
  }

  private async send<T>(request: Prepared): Promise<T> {
    const repeatable = request.method === 'GET' || request.idempotencyKey !== undefined;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.sendOnce<T>(request, attempt);
      } catch (error) {
        const pause = repeatable && attempt < RETRIES ? pauseBefore(error, attempt) : undefined;
        if (pause === undefined) throw error;
        await sleep(pause, request.signal);
      }
    }
  }

  private async sendOnce<T>(request: Prepared, attempt: number): Promise<T> {
    const token = await this.options.tokens?.access(request);
    const label = `${request.method} ${request.path.split('?')[0] ?? ''}`;
    const { status, text } = await this.exchange(request, token?.token, label);
    if (status < 400) return parse<T>(text, label);
    const error = errorOfAnswer(status, parseLoosely(text), label);
    // A token that ended early (revoked, the clock is off) is worth one fresh one.
    if (status === 401 && token && attempt === 0 && this.options.tokens?.refuse(token.token)) {
      return this.sendOnce<T>(request, attempt + 1);
    }
    throw error;
  }

  private async exchange(request: Prepared, token: string | undefined, label: string) {
    const controller = new AbortController();
    const answer = async (): Promise<{ status: number; text: string }> => {
      const response = await this.fetch(this.base + request.path, {
        method: request.method,
        headers: headersOf(request, token),
        signal: controller.signal,
        ...(request.body ? { body: JSON.stringify(request.body) } : {}),
        ...(this.options.credentials ? { credentials: this.options.credentials } : {}),
      });
      return { status: response.status, text: await response.text() };
    };
    try {
      const limits = {
        signal: request.signal,
        timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        what: `${label}: no answer`,
      };
      return await within(answer(), limits);
    } catch (error) {
      controller.abort();
      if (error instanceof ClawTankError || request.signal?.aborted) throw error;
      throw clientError('network', `${label}: can't reach ${this.options.server} (${causeOf(error)})`, error);
    }
  }
}

function headersOf(request: Prepared, token: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    ...(request.body ? { 'content-type': 'application/json' } : {}),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(request.idempotencyKey ? { 'idempotency-key': request.idempotencyKey } : {}),
  };
}

/** Milliseconds until the next try; undefined when the error is final. */
function pauseBefore(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof ClawTankError) || !error.isTransient || error.reason === 'client.timeout')
    return undefined;
  const pause = Math.max(error.retryAfterMs ?? 0, backoffDelay(attempt, Math.random(), RETRY_BACKOFF));
  return pause > LONGEST_PAUSE_MS ? undefined : pause;
}

function parse<T>(text: string, label: string): T {
  try {
    return JSON.parse(text === '' ? '{}' : text) as T;
  } catch {
    throw protocolError(`${label} was answered with something else than JSON; is this a ClawTank server?`);
  }
}

function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.message || error.message : error.message;
}
