import { io, type Socket } from 'socket.io-client';
import type { Ack, Bye, Frame, Ready, Resync, Signal } from '@clawtank/contracts';
import { asWireError, ClawTankError, clientError } from '../errors.js';
import { type Limits, within } from './wait.js';

const CONNECT_TIMEOUT_MS = 20_000;

export type Namespace = '/' | '/spectate';

/** What a connection hands up; event shapes are narrowed by whoever owns the stream they name. */
export interface ConnectionEvents {
  frame(frame: Frame<never>): void;
  signals(signals: readonly Signal[]): void;
  resync(resync: Resync): void;
  bye(bye: Bye): void;
}

export interface ConnectOptions {
  readonly server: string;
  readonly namespace: Namespace;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}

/** One Socket.IO connection, from its handshake to its end. It never reconnects by itself. */
export class SocketConnection {
  private readonly socket: Socket;
  /** Resolves with a word on why, once the connection has ended. */
  readonly ended: Promise<string>;
  private over = false;

  constructor(options: Omit<ConnectOptions, 'signal'>, events: ConnectionEvents) {
    const url = new URL(options.server);
    this.socket = io(url.origin + options.namespace, {
      path: `${url.pathname.replace(/\/+$/, '')}/socket.io`,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      autoConnect: false,
      timeout: CONNECT_TIMEOUT_MS,
      // A token never travels in a URL, where logs would keep it.
      ...(options.token === undefined ? {} : { auth: { token: options.token } }),
    });
    this.socket.on('events', (frame: Frame<never>) => events.frame(frame));
    this.socket.on('signals', (signals: readonly Signal[]) => events.signals(signals));
    this.socket.on('resync', (resync: Resync) => events.resync(resync));
    this.socket.on('bye', (bye: Bye) => events.bye(bye));
    this.ended = new Promise((resolve) => {
      this.socket.on('disconnect', (reason: string) => {
        this.over = true;
        resolve(reason);
      });
    });
  }

  /**
   * Connects.
   * @returns what the server says in `ready`; undefined on `/spectate`, which has none
   * @throws ClawTankError the server's refusal; `client.network` when nobody answers
   */
  async open(namespace: Namespace, signal: AbortSignal): Promise<Ready | undefined> {
    const answer = new Promise<Ready | undefined>((resolve, reject) => {
      this.socket.on('connect_error', (error) => reject(refusalOf(error)));
      this.socket.on('disconnect', (reason: string) =>
        reject(clientError('disconnected', `the connection ended before it began (${reason})`)),
      );
      if (namespace === '/') this.socket.on('ready', (ready: Ready) => resolve(ready));
      else this.socket.on('connect', () => resolve(undefined));
    });
    this.socket.connect();
    return within(answer, { signal, timeoutMs: CONNECT_TIMEOUT_MS, what: 'the server was not ready' });
  }

  /**
   * Sends one command and waits for its ack.
   * @throws ClawTankError the command's own; `client.disconnected` when the connection ended before the ack, in
   *   which case nobody can tell whether the command took effect
   */
  async request<R>(name: string, input: object, limits: Limits): Promise<R> {
    if (this.over) throw clientError('disconnected', `the connection ended before ${name} was sent`);
    const acked = new Promise<Ack<R>>((resolve, reject) => {
      void this.ended.then((reason) =>
        reject(clientError('disconnected', `the connection ended before ${name} was answered (${reason})`)),
      );
      this.socket.emit(name, input, (ack: Ack<R>) => resolve(ack));
    });
    const ack = await within(acked, { ...limits, what: `${name} was not answered` });
    if (!ack.ok) throw new ClawTankError(ack.error);
    return ack.data;
  }

  close(): void {
    this.over = true;
    this.socket.disconnect();
  }
}

function refusalOf(error: Error): ClawTankError {
  const wire = 'data' in error ? asWireError(error.data) : undefined;
  if (wire) return new ClawTankError(wire);
  return clientError('network', `can't connect: ${error.message}`, error);
}
