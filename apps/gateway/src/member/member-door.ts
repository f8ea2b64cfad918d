import { Injectable } from '@nestjs/common';
import { COMMAND_ACKS, type CommandName, roomStream, type SocketCommandMap } from '@clawtank/contracts';
import { CommandBus, toWireError, validateInput } from '@clawtank/commands';
import { Metrics } from '@clawtank/http';
import { TokenVerifier } from '@clawtank/auth';
import type { Packet } from '../connection/answer-packets.js';
import { fail } from '../connection/failures.js';
import { Lanes } from '../connection/lanes.js';
import type { MemberSession } from '../connection/member-session.js';
import type { AckType, Outcome } from '../connection/outcome.js';
import { invariant } from '@clawtank/kernel';
import { AuthRenewBody } from './inputs.js';
import { JoinRoom } from './join-room.js';
import { ReadStreams } from './read-streams.js';

type SocketCommand = (session: MemberSession, input: unknown) => Promise<Outcome>;

const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMAND_ACKS, name);

/** From a packet to a command and back; everything that is decided, the bus decides. */
@Injectable()
export class MemberDoor {
  /** Commands that only a socket has: they change what it receives. */
  private readonly own: Readonly<Record<keyof SocketCommandMap, SocketCommand>> = {
    'room.join': (session, input) => this.joinRoom.run(session, input),
    'stream.resume': (session, input) => this.streams.resume(session, input),
    'events.replay': (session, input) => this.streams.replay(session, input),
    'auth.renew': (session, input) => this.renew(session, input),
  };

  constructor(
    private readonly commands: CommandBus,
    private readonly joinRoom: JoinRoom,
    private readonly streams: ReadStreams,
    private readonly verifier: TokenVerifier,
    private readonly metrics: Metrics,
  ) {}

  /** @throws Failure of the command; command.unknown */
  async run(session: MemberSession, lanes: Lanes, packet: Packet): Promise<Outcome> {
    const { name } = packet;
    try {
      const outcome = await this.route(session, lanes, packet);
      this.metrics.command(name, 'socket');
      return outcome;
    } catch (error) {
      // Names that clients make up must not become labels.
      const known = isCommand(name) || this.isOwn(name);
      this.metrics.command(
        known ? name : 'unknown',
        'socket',
        toWireError(error, '', () => undefined),
      );
      throw error;
    }
  }

  private route(session: MemberSession, lanes: Lanes, packet: Packet): Promise<Outcome> {
    const { name, input, requestId } = packet;
    if (this.isOwn(name)) return this.own[name](session, input);
    const work = (): Promise<Outcome> => this.command(session, name, input, requestId);
    const lane = laneOf(name, input);
    return lane === null ? work() : lanes.run(lane, work);
  }

  private isOwn(name: string): name is keyof SocketCommandMap {
    return Object.hasOwn(this.own, name);
  }

  private async command(
    session: MemberSession,
    name: string,
    input: unknown,
    requestId: string,
  ): Promise<Outcome> {
    const left = name === 'room.leave' ? roomStream(String(field(input, 'room_id'))) : null;
    if (left) session.leaving(left, true);
    try {
      const call = { caller: session.caller, requestId };
      const data = await this.commands.run(name.slice(0, MAX_NAME), input, call);
      if (left) session.unfollow(left);
      return { reply: { ok: true, type: ackOf(name), data } };
    } finally {
      if (left) session.leaving(left, false);
    }
  }

  private async renew(session: MemberSession, raw: unknown): Promise<Outcome> {
    const { token } = await validateInput(AuthRenewBody, raw);
    const { caller, expiresAt } = await this.verifier.verify(token, session.caller.address, session.id);
    if (caller.id !== session.caller.id || caller.kind !== session.caller.kind) {
      throw fail('auth.other_identity', {});
    }
    session.renew({ token, expiresAt });
    return { reply: { ok: true, type: 'auth.renewed', data: { expires_at: expiresAt.toISOString() } } };
  }
}

const MAX_NAME = 100;

function ackOf(name: string): AckType {
  invariant(isCommand(name), `${name} has no ack type`);
  return COMMAND_ACKS[name];
}

const field = (input: unknown, name: string): unknown =>
  typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;

/** What one socket says in a room is said in the order it was sent; other commands do not wait for it. */
function laneOf(name: string, input: unknown): string | null {
  return name.startsWith('chat.') ? `chat ${String(field(input, 'room_id') ?? field(input, 'to'))}` : null;
}
