import type { Bye, Ready } from '@clawtank/contracts';
import { ClawTankError, clientError, hasReason } from '../errors.js';
import type { TokenProvider } from '../tokens/token-provider.js';
import { backoffDelay, type BackoffOptions, RECONNECT_BACKOFF } from './backoff.js';
import { Gate } from './gate.js';
import { type ConnectionEvents, type Namespace, SocketConnection } from './socket-connection.js';
import { keepTokenFresh } from './token-keeper.js';
import { type Limits, sleep } from './wait.js';

const COMMAND_TIMEOUT_MS = 60_000;
/** A connection that lived this long was a good one: the next loss starts with a short delay again. */
const STEADY_MS = 10_000;
const BYE_GRACE_MS = 1_000;
const RETRY_BACKOFF: BackoffOptions = { firstMs: 500, capMs: 8_000 };

export type LinkState = 'connecting' | 'open' | 'waiting' | 'closed';

export interface LinkOptions {
  readonly server: string;
  readonly namespace: Namespace;
  readonly tokens?: TokenProvider;
  readonly backoff?: BackoffOptions;
}

export interface LinkListener extends Omit<ConnectionEvents, 'bye'> {
  bye(bye: Bye): void;
  state(state: LinkState, error?: ClawTankError): void;
}

/** What runs after each `ready`, before commands that wait are let through. */
export type Starter = (now: LinkRequest, ready: Ready | undefined) => Promise<void>;
/** Sends on the present connection only; rejects with `client.disconnected` when it ends. */
export type LinkRequest = <R>(name: string, input: object, limits?: Limits) => Promise<R>;

export interface RequestOptions extends Limits {
  /** False: one try on the connection of this moment. For what loses its sense a second later. */
  readonly retry?: boolean;
}

/** A connection that comes back by itself, until it is closed or the server says not to. */
export class SocketLink {
  private readonly gate = new Gate();
  private readonly ending = new AbortController();
  private readonly starters = new Set<Starter>();
  private connection: SocketConnection | undefined;
  private lastBye: Bye | undefined;
  private started = false;
  /** Handshakes refused in a row: one may be a token that ended early, two are a verdict. */
  private refusals = 0;
  private lastReady: Ready | undefined;

  constructor(
    private readonly options: LinkOptions,
    private readonly listener: LinkListener,
  ) {}

  /** What the server said last; undefined before the first connection and on `/spectate`. */
  get ready(): Ready | undefined {
    return this.lastReady;
  }

  /** Aborted once this link is closed for good. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  open(): void {
    if (this.started) return;
    this.started = true;
    void this.supervise();
  }

  /** Closes for good: everything that waits is refused with `client.closed`. */
  close(error: ClawTankError = clientError('closed', 'the client was closed')): void {
    if (this.ending.signal.aborted) return;
    this.gate.shutWith(error);
    this.ending.abort(error);
    this.connection?.close();
    this.listener.state('closed', error);
  }

  /** Resolves once connected and everything is joined again. */
  opened(limits: Limits = {}): Promise<void> {
    return this.gate.pass(limits);
  }

  /** Runs `starter` after each `ready` from now on, and at once if connected and `now`. Returns how to stop that. */
  onOpen(starter: Starter, now: boolean): () => void {
    this.starters.add(starter);
    const { connection } = this;
    if (now && connection && this.gate.opened) void this.runStarter(starter, connection);
    return () => this.starters.delete(starter);
  }

  /**
   * Sends a command. It is sent again, unchanged, after a reconnect and after UNAVAILABLE or RATE_LIMITED, until
   * it is answered, the signal is aborted or the time (60 s) is over.
   */
  async request<R>(name: string, input: object, options: RequestOptions = {}): Promise<R> {
    const deadline = Date.now() + (options.timeoutMs ?? COMMAND_TIMEOUT_MS);
    for (let attempt = 0; ; attempt++) {
      const limits: Limits = {
        signal: options.signal,
        timeoutMs: Math.max(1, deadline - Date.now()),
        what: `${name} was not answered`,
      };
      try {
        await this.gate.pass(limits);
        return await this.requestNow<R>(name, input, limits);
      } catch (error) {
        const pause = options.retry === false ? undefined : pauseBefore(error, attempt);
        if (pause === undefined || Date.now() + pause >= deadline) throw error;
        await sleep(pause, options.signal);
      }
    }
  }

  private requestNow<R>(name: string, input: object, limits: Limits): Promise<R> {
    if (!this.connection) throw clientError('disconnected', `not connected, ${name} was not sent`);
    return this.connection.request<R>(name, input, limits);
  }

  private async supervise(): Promise<void> {
    for (let attempt = 0; !this.signal.aborted; attempt++) {
      const begun = Date.now();
      try {
        await this.live();
      } catch (error) {
        if (this.signal.aborted) return;
        if (isFinal(error)) return this.close(error);
      }
      if (this.signal.aborted) return;
      if (this.lastBye && !this.lastBye.reconnect) return this.close(farewell(this.lastBye));
      if (Date.now() - begun > STEADY_MS) attempt = 0;
      this.listener.state('waiting');
      const delay = backoffDelay(attempt, Math.random(), this.options.backoff ?? RECONNECT_BACKOFF);
      await sleep(delay, this.signal).catch(() => {});
    }
  }

  /** One connection from its handshake to its end. */
  private async live(): Promise<void> {
    this.listener.state('connecting');
    this.lastBye = undefined;
    const connection = await this.connect();
    try {
      for (const starter of [...this.starters]) await this.runStarter(starter, connection);
      this.gate.open();
      this.listener.state('open');
      await Promise.race([connection.ended, this.renewals(connection)]);
    } finally {
      this.gate.close();
      this.connection = undefined;
      connection.close();
    }
  }

  private async connect(): Promise<SocketConnection> {
    const access = await this.options.tokens?.access({ signal: this.signal });
    const { server, namespace } = this.options;
    const connection = new SocketConnection({ server, namespace, token: access?.token }, this.events());
    try {
      this.connection = connection;
      this.lastReady = await connection.open(namespace, this.signal);
      this.refusals = 0;
      return connection;
    } catch (error) {
      this.connection = undefined;
      connection.close();
      throw this.judgeRefusal(error, access?.token);
    }
  }

  private renewals(connection: SocketConnection): Promise<void> {
    const { tokens } = this.options;
    if (!tokens) return new Promise(() => {});
    const renew = (token: string): Promise<unknown> => this.insist(connection, 'auth.renew', { token }, {});
    return keepTokenFresh({ tokens, renew, ended: connection.ended, signal: this.signal });
  }

  /** A refused token may only be an old one: then the next attempt brings another and the refusal is not final. */
  private judgeRefusal(error: unknown, token: string | undefined): unknown {
    if (!(error instanceof ClawTankError) || token === undefined) return error;
    const refused = error.code === 'TOKEN_EXPIRED' || error.code === 'AUTHENTICATION_FAILED';
    this.refusals = refused ? this.refusals + 1 : 0;
    if (!refused || this.refusals > 1 || !this.options.tokens?.refuse(token)) return error;
    return clientError('disconnected', error.message, error);
  }

  private events(): ConnectionEvents {
    return {
      frame: (frame) => this.listener.frame(frame),
      signals: (signals) => this.listener.signals(signals),
      resync: (resync) => this.listener.resync(resync),
      bye: (bye) => {
        this.lastBye = bye;
        this.listener.bye(bye);
        const { connection } = this;
        // Answers that are on their way still arrive when we are to come back; the server closes first.
        if (bye.reconnect)
          void sleep(BYE_GRACE_MS, this.signal).then(
            () => connection?.close(),
            () => {},
          );
        else connection?.close();
      },
    };
  }

  private async runStarter(starter: Starter, connection: SocketConnection): Promise<void> {
    try {
      await starter(
        (name, input, limits = {}) => this.insist(connection, name, input, limits),
        this.lastReady,
      );
    } catch {
      // A starter keeps its own failure for those who wait for it; the others must still run.
    }
  }

  /** On this connection until it ends: a server that is short of something for a moment is asked again. */
  private async insist<R>(
    connection: SocketConnection,
    name: string,
    input: object,
    limits: Limits,
  ): Promise<R> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await connection.request<R>(name, input, { timeoutMs: COMMAND_TIMEOUT_MS, ...limits });
      } catch (error) {
        const pause = hasReason(error, 'client.disconnected') ? undefined : pauseBefore(error, attempt);
        if (pause === undefined) throw error;
        await sleep(pause, limits.signal ?? this.signal);
      }
    }
  }
}

/** Milliseconds until the next try; undefined when the error is final. */
function pauseBefore(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof ClawTankError) || !error.isTransient) return undefined;
  if (error.reason === 'client.closed' || error.reason === 'client.timeout') return undefined;
  if (error.reason === 'client.disconnected') return 0;
  return Math.max(error.retryAfterMs ?? 0, backoffDelay(attempt, Math.random(), RETRY_BACKOFF));
}

/** Nothing that waits or a fresh token could mend. */
const isFinal = (error: unknown): error is ClawTankError =>
  error instanceof ClawTankError && !error.isTransient && error.code !== 'INTERNAL';

function farewell(bye: Bye): ClawTankError {
  const code =
    bye.code === 'SUPERSEDED'
      ? 'CONFLICT'
      : bye.code === 'SLOW_CONSUMER' || bye.code === 'SERVER_DRAIN'
        ? 'UNAVAILABLE'
        : 'AUTHENTICATION_FAILED';
  return new ClawTankError({ code, reason: `bye.${bye.code.toLowerCase()}`, message: bye.reason });
}
