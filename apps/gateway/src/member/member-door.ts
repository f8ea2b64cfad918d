import { Injectable } from '@nestjs/common';
import { COMMAND_ACKS, type CommandName, roomStream } from '@clawtank/contracts';
import { CommandBus, toWireError } from '@clawtank/commands';
import { logCommand, Metrics } from '@clawtank/http';
import { invariant } from '@clawtank/kernel';
import { Limits } from '@clawtank/limits';
import type { Packet } from '../connection/answer-packets.js';
import { Lanes } from '../connection/lanes.js';
import type { MemberSession } from '../connection/member-session.js';
import type { AckType, Outcome } from '../connection/outcome.js';
import { type SocketCommandName, SocketCommands } from './socket-commands.js';

const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMAND_ACKS, name);

/** From a packet to a command and back; everything that is decided, the bus decides. */
@Injectable()
export class MemberDoor {
  constructor(
    private readonly commands: CommandBus,
    private readonly own: SocketCommands,
    private readonly limits: Limits,
    private readonly metrics: Metrics,
  ) {}

  /** @throws Failure of the command; command.unknown, limits.too_many */
  async run(session: MemberSession, lanes: Lanes, packet: Packet): Promise<Outcome> {
    // Names that clients make up must not become labels, nor stand in the log.
    const name = isCommand(packet.name) || this.own.has(packet.name) ? packet.name : 'unknown';
    try {
      const outcome = await this.route(session, lanes, packet);
      this.metrics.command(name, 'socket');
      logCommand(answered(name, packet));
      return outcome;
    } catch (error) {
      const told = toWireError(error, '', () => undefined);
      this.metrics.command(name, 'socket', told);
      logCommand({ ...answered(name, packet), error: told });
      throw error;
    }
  }

  private route(session: MemberSession, lanes: Lanes, packet: Packet): Promise<Outcome> {
    const { name, input, requestId } = packet;
    if (this.own.has(name)) return this.ownCommand(session, name, input);
    const work = (): Promise<Outcome> => this.command(session, name, input, requestId);
    const lane = laneOf(name, input);
    return lane === null ? work() : lanes.run(lane, work);
  }

  private async ownCommand(
    session: MemberSession,
    name: SocketCommandName,
    input: unknown,
  ): Promise<Outcome> {
    await this.limits.command(session.caller.id, name);
    return this.own.run(session, name, input);
  }

  private async command(
    session: MemberSession,
    name: string,
    input: unknown,
    requestId: string,
  ): Promise<Outcome> {
    // Asked together: where all nodes count in one place, each is a way there and back.
    await Promise.all([
      this.limits.command(session.caller.id, name),
      this.limits.chat(session.caller.id, name, input),
    ]);
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
}

const MAX_NAME = 100;

function ackOf(name: string): AckType {
  invariant(isCommand(name), `${name} has no ack type`);
  return COMMAND_ACKS[name];
}

const field = (input: unknown, name: string): unknown =>
  typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;

const answered = (name: string, { input, requestId }: Packet) => ({
  requestId,
  name,
  door: 'socket' as const,
  roomId: field(input, 'room_id'),
  commandId: field(input, 'command_id'),
});

/** What one socket says in a room is said in the order it was sent; other commands do not wait for it. */
function laneOf(name: string, input: unknown): string | null {
  return name.startsWith('chat.') ? `chat ${String(field(input, 'room_id') ?? field(input, 'to'))}` : null;
}
