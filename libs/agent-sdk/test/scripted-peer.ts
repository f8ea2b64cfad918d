import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Namespace, Server, type Socket } from 'socket.io';
import {
  type Ack,
  type Bye,
  type Cursor,
  type Envelope,
  type Frame,
  LIMITS,
  type Ready,
} from '@clawtank/contracts';

type Reply = (ack: Ack) => void;
type Handler = (input: Record<string, unknown>, socket: Socket) => object | Promise<object>;

/** Thrown by a handler to answer with an error. */
export class Refusal extends Error {
  constructor(readonly error: Extract<Ack, { ok: false }>['error']) {
    super(error.message);
  }
}

export const EPOCH = 'epoch-1';
export const AGENT = { kind: 'agent', id: 'agent-1', name: 'Pincer', owner_id: 'user-1' } as const;
const HIDDEN = Symbol('hidden');

/** A log of one stream; `null` stands for a number that is hidden from the reader. */
type Log = (Envelope | typeof HIDDEN)[];

/**
 * A small peer that speaks the wire contract over a real Socket.IO server: streams with replay, commands with one
 * effect per id, and the faults a test asks for.
 */
export class ScriptedPeer {
  epoch = EPOCH;
  /** Tokens that are let in; undefined: every one. */
  accepted: Set<string> | undefined;
  /** What came in, in order: `name` and its input. */
  readonly calls: { name: string; input: Record<string, unknown> }[] = [];
  readonly handlers = new Map<string, Handler>();
  readonly rest = new Map<string, (url: URL, request: IncomingMessage) => object>();
  /** Names of commands whose next ack is lost together with the connection. */
  readonly loseAckOf = new Set<string>();
  /** Frames of these streams are not sent live (news that was lost). */
  readonly muted = new Set<string>();
  heartbeatMs = 30_000;
  /** Whether `ready` says where the own stream stands. */
  saysWhere = false;

  private readonly logs = new Map<string, Log>();
  private readonly done = new Map<string, object>();
  private readonly io: Server;

  private constructor(private readonly http: HttpServer) {
    this.io = new Server(http, { transports: ['websocket'] });
    http.on('request', (request, response) => void this.answerRest(request, response));
    this.serveMembers(this.io.of('/'));
    this.serveSpectators(this.io.of('/spectate'));
  }

  static async start(): Promise<ScriptedPeer> {
    const http = createServer();
    const peer = new ScriptedPeer(http);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return peer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await this.io.close();
    await new Promise<void>((resolve) => this.http.close(() => resolve()));
  }

  head(stream: string): number {
    return this.logs.get(stream)?.length ?? 0;
  }

  /** Appends one event and sends it to whoever reads the stream. */
  append(stream: string, type: string, data: object = {}): Envelope {
    const seq = this.head(stream) + 1;
    const event: Envelope = {
      id: `${stream}-${seq}`,
      stream,
      seq,
      type,
      at: new Date(1_767_225_600_000 + seq).toISOString(),
      actor: { kind: 'human', id: 'user-1', name: 'Ada' },
      data,
    };
    this.log(stream).push(event);
    this.announce(this.frame(stream, seq - 1, seq));
    return event;
  }

  /** A number the reader is not shown. */
  appendHidden(stream: string): void {
    this.log(stream).push(HIDDEN);
    this.announce(this.frame(stream, this.head(stream) - 1, this.head(stream)));
  }

  /** Sends a frame as it is, whatever the log says. */
  announce(frame: Frame<Envelope>): void {
    if (this.muted.has(frame.stream)) return;
    for (const space of [this.io.of('/'), this.io.of('/spectate')])
      space.to(frame.stream).emit('events', frame);
  }

  frame(stream: string, after: number, to: number): Frame<Envelope> {
    const events = this.log(stream)
      .slice(after, to)
      .filter((event) => event !== HIDDEN);
    return { stream, epoch: this.epoch, from: after + 1, to, events };
  }

  /** Forgets everything, as a restored backup would, under a new epoch. */
  restore(epoch: string): void {
    this.epoch = epoch;
    this.logs.clear();
  }

  resync(stream: string, reason: string): void {
    this.io.of('/').to(stream).emit('resync', { stream, reason });
  }

  /** Ends every connection, as a network does: without a word. */
  cut(): void {
    for (const name of ['/', '/spectate']) {
      for (const socket of this.io.of(name).sockets.values()) socket.conn.close(true);
    }
  }

  bye(bye: Bye): void {
    this.io.of('/').emit('bye', bye);
    this.io.of('/').disconnectSockets(true);
  }

  get connections(): number {
    return this.io.of('/').sockets.size;
  }

  private log(stream: string): Log {
    const log = this.logs.get(stream) ?? [];
    this.logs.set(stream, log);
    return log;
  }

  private serveMembers(space: Namespace): void {
    space.use((socket, next) => {
      const token: unknown = socket.handshake.auth['token'];
      if (typeof token === 'string' && (this.accepted?.has(token) ?? true)) return next();
      const error = { code: 'TOKEN_EXPIRED', reason: 'auth.expired', message: 'The token has expired.' };
      next(Object.assign(new Error(error.message), { data: error }));
    });
    space.on('connection', (socket) => {
      void socket.join(`user:${AGENT.id}`);
      socket.onAny((name: string, input: Record<string, unknown>, reply: Reply) => {
        void this.run(name, input, socket, reply);
      });
      const ready: Ready = {
        session_id: socket.id,
        identity: AGENT,
        server_version: '0.1.0',
        limits: LIMITS,
        heartbeat_interval_ms: this.heartbeatMs,
        ...(this.saysWhere ? { stream: this.own() } : {}),
      };
      socket.emit('ready', ready);
    });
  }

  private own(): Cursor {
    const stream = `user:${AGENT.id}`;
    return { stream, epoch: this.epoch, seq: this.head(stream) };
  }

  private serveSpectators(space: Namespace): void {
    space.on('connection', (socket) => {
      socket.on('spectate.join', (input: Record<string, unknown>, reply: Reply) => {
        reply({ ok: true, type: 'spectate.joined', data: this.join(String(input['room']), input, socket) });
      });
    });
  }

  private async run(
    name: string,
    input: Record<string, unknown>,
    socket: Socket,
    reply: Reply,
  ): Promise<void> {
    this.calls.push({ name, input });
    try {
      const data = await this.dispatch(name, input, socket);
      if (this.loseAckOf.delete(name)) return void socket.conn.close(true);
      reply({ ok: true, type: name, data });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply({ ok: false, error: error.error });
    }
  }

  private dispatch(name: string, input: Record<string, unknown>, socket: Socket): object | Promise<object> {
    const handler = this.handlers.get(name);
    if (name === 'room.join' && !handler) return this.join(String(input['room_id']), input, socket);
    if (name === 'events.replay' && !handler) return this.replay(input);
    if (name === 'stream.resume') return this.resume(input, socket);
    if (!handler) return {};
    const id = typeof input['command_id'] === 'string' ? input['command_id'] : undefined;
    const before = id === undefined ? undefined : this.done.get(id);
    if (before) return before;
    const data = handler(input, socket);
    if (id !== undefined && !(data instanceof Promise)) this.done.set(id, data);
    return data;
  }

  /** `room-1` and its slug `reef-room-1` are the same room. */
  private join(ref: string, input: Record<string, unknown>, socket: Socket): object {
    const id = ref.replace(/^reef-/, '');
    const stream = `room:${id}`;
    void socket.join(stream);
    const after = typeof input['after'] === 'number' ? input['after'] : undefined;
    if (after !== undefined) this.sendMissed(stream, after, input['epoch'], socket);
    return { room: { id, slug: `reef-${id}` }, cursor: this.head(stream), epoch: this.epoch };
  }

  private resume(input: Record<string, unknown>, socket: Socket): object {
    const stream = String(input['stream']);
    this.sendMissed(stream, Number(input['after']), input['epoch'], socket);
    return { stream, after: input['after'] };
  }

  private sendMissed(stream: string, after: number, epoch: unknown, socket: Socket): void {
    if (epoch !== this.epoch) return void socket.emit('resync', { stream, reason: 'epoch' });
    if (after < this.head(stream)) socket.emit('events', this.frame(stream, after, this.head(stream)));
    socket.emit('replay.done', { stream, cursor: this.head(stream) });
  }

  private replay(input: Record<string, unknown>): object {
    const stream = String(input['stream']);
    const after = Number(input['after']);
    const to = Math.min(this.head(stream), after + 2);
    return { frame: this.frame(stream, after, to), more: to < this.head(stream) };
  }

  private async answerRest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const handler = this.rest.get(`${request.method} ${url.pathname}`);
    if (url.pathname.startsWith('/socket.io')) return;
    let status = handler ? 200 : 404;
    let body: object = { code: 'NOT_FOUND', reason: 'route.not_found', message: 'There is no such route.' };
    try {
      if (handler) body = handler(url, request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      status = 409;
      body = error.error;
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}
