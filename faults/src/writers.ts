import { setTimeout as delay } from 'node:timers/promises';
import type { Ack, Position } from '@clawtank/contracts';
import { io, type Socket } from 'socket.io-client';
import type { Attempt, CommandKind, Ledger } from './ledger.js';
import type { Random } from '@clawtank/cluster';
import { ask, type Session } from './session.js';

const ACK_LIMIT_MS = 4_000;
const RETRY_MS = 150;
/** Commands that one writer has under way at the same time. */
const IN_FLIGHT = 4;
const FILLER = 'lorem ipsum dolor sit amet '.repeat(40);

export interface WriterOptions {
  /** Where clients connect: behind the network that fails. */
  readonly server: string;
  readonly session: Session;
  readonly roomId: string;
  /** To whom private words go. */
  readonly friendId: string;
  /** Goes into every private word and must show nowhere else. */
  readonly secret: string;
  readonly ledger: Ledger;
  readonly random: Random;
}

/** Sends one command once. Undefined when no answer came, or one that asks to try again. */
type Send = (attempt: Attempt) => Promise<Position | undefined>;

interface Door {
  readonly send: Send;
  close(): void;
}

const hasPosition = (value: unknown): value is Position =>
  typeof value === 'object' && value !== null && 'seq' in value && 'stream' in value;

/** The command's input without its id. */
function bodyOf({ kind, text }: Attempt, { roomId, friendId }: WriterOptions) {
  if (kind === 'task') return { name: 'task.create', path: `/rooms/${roomId}/tasks`, body: { title: text } };
  if (kind === 'direct') return { name: 'chat.direct', path: '/me/messages', body: { to: friendId, text } };
  return { name: 'chat.send', path: `/rooms/${roomId}/messages`, body: { text } };
}

function restDoor(options: WriterOptions): Door {
  const { server, session } = options;
  return {
    async send(attempt) {
      const { path, body } = bodyOf(attempt, options);
      const token = await session.access();
      const answer = await ask(`${server}/api/v1${path}`, { token, key: attempt.id, body });
      if (answer.status < 300 && hasPosition(answer.body)) return answer.body;
      return refuse(answer.status, answer.body);
    },
    close: () => undefined,
  };
}

function socketDoor(options: WriterOptions): Door {
  const { server, session, roomId } = options;
  const socket: Socket = io(server, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 500,
    timeout: ACK_LIMIT_MS,
    auth: (give) => void session.access().then((token) => give({ token })),
  });
  socket.on('bye', () => socket.disconnect().connect());
  let closed = false;
  // A handshake that the server refuses is not tried again by Socket.IO itself.
  socket.on('connect_error', () => {
    if (!socket.active) setTimeout(() => !closed && socket.connect(), RETRY_MS);
  });
  return {
    async send(attempt) {
      const { name, body } = bodyOf(attempt, options);
      const input = attempt.kind === 'direct' ? body : { room_id: roomId, ...body };
      // Nothing waits in the client: a command that can't be sent now has not been sent.
      if (!socket.connected) throw new Error('not connected');
      const emitted: unknown = await socket
        .timeout(ACK_LIMIT_MS)
        .emitWithAck(name, { ...input, command_id: attempt.id });
      const ack = emitted as Ack;
      if (ack.ok && hasPosition(ack.data)) return ack.data;
      return ack.ok ? refuse(200, ack.data) : refuse(ack.error.code === 'INTERNAL' ? 500 : 503, ack.error);
    },
    close: () => {
      closed = true;
      socket.disconnect();
    },
  };
}

/** A refusal that no fault explains is a fault of ours. */
function refuse(status: number, body: unknown): undefined {
  const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
  if (/^(UNAVAILABLE|RATE_LIMITED|TOKEN_EXPIRED)$/.test(code)) return undefined;
  throw new UnexpectedRefusal(`${status} ${JSON.stringify(body)}`);
}

export class UnexpectedRefusal extends Error {}

/** Somebody who writes without pause, repeats what was not answered, and at times what was. */
export class Writer {
  /** Answers that should not have been. */
  readonly surprises: string[] = [];
  private readonly door: Door;
  private stopped = false;
  private ended: Promise<unknown> = Promise.resolve();

  constructor(
    via: 'rest' | 'socket',
    private readonly options: WriterOptions,
  ) {
    this.door = via === 'rest' ? restDoor(options) : socketDoor(options);
  }

  start(): void {
    this.ended = Promise.all(Array.from({ length: IN_FLIGHT }, () => this.run()));
  }

  /** Begins nothing more; resolves when everything that was begun is answered or given up. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.ended;
    this.door.close();
  }

  private async run(): Promise<void> {
    const { random } = this.options;
    while (!this.stopped) {
      await this.perform(this.begin());
      await delay(random.int(0, 30));
    }
  }

  private begin(): Attempt {
    const { ledger, random, secret } = this.options;
    const kind = random.pick<CommandKind>(['chat', 'chat', 'chat', 'chat', 'chat', 'chat', 'task', 'direct']);
    const filler = kind === 'chat' ? FILLER.slice(0, random.int(0, FILLER.length)) : '';
    return ledger.begin(kind, kind === 'direct' ? secret : filler);
  }

  private async perform(attempt: Attempt): Promise<void> {
    const { random } = this.options;
    // One in eight gives up at the first failure: nobody then knows whether the command took effect.
    const patient = !random.chance(0.125);
    for (let tries = 0; tries < 400; tries += 1) {
      if (await this.try(attempt)) break;
      if (!patient) return;
      await delay(RETRY_MS);
    }
    while (random.chance(0.1)) await this.try(attempt);
  }

  private async try(attempt: Attempt): Promise<boolean> {
    try {
      const position = await this.door.send(attempt);
      if (position) this.options.ledger.ack(attempt, position);
      return position !== undefined;
    } catch (error) {
      if (error instanceof UnexpectedRefusal) this.surprises.push(error.message);
      return false;
    }
  }
}
