import { toWireError } from '@clawtank/commands';
import { Logger } from '@nestjs/common';
import { reportTo } from '@clawtank/http';
import { newId } from '@clawtank/kernel';
import { fail } from './failures.js';
import type { Outcome, Reply } from './outcome.js';
import { Turns } from './turns.js';

type Ack = (reply: Reply) => void;

/** A packet's event name and the one thing that came with it. */
export interface Packet {
  readonly name: string;
  readonly input: unknown;
  readonly requestId: string;
}

/** What every packet is handed to. */
export type Handle = (packet: Packet) => Promise<Outcome>;

interface Packets {
  readonly connected: boolean;
  use(middleware: (packet: unknown[], next: () => void) => void): unknown;
}

/** One socket must not take the whole database pool for itself. */
const AT_ONCE = 8;
const MAY_WAIT = 1_000;
const BUSY_RETRY_MS = 250;
const log = new Logger('socket');

const isAck = (value: unknown): value is Ack => typeof value === 'function';

const refused = (error: unknown, requestId: string): Outcome => ({
  reply: { ok: false, error: toWireError(error, requestId, reportTo(log)) },
});

/**
 * Answers every packet of a socket, whatever is in it: through its ack, or as an event where it has none.
 * Packets stop in this middleware and never become events of the socket: there, each element of a packet is an
 * argument of a function call, and a packet with tens of thousands of them ends the process.
 * @param taken told of each packet that is taken in; what it returns is called once that is done with
 */
export function answerPackets(
  socket: Packets,
  emitReply: (reply: Reply) => void,
  taken: () => () => void,
  handle: Handle,
): void {
  const turns = new Turns(AT_ONCE, MAY_WAIT);
  socket.use((packet) => {
    const last = packet.at(-1);
    const ack = packet.length > 1 && isAck(last) ? last : undefined;
    const count = packet.length - (ack ? 2 : 1);
    const answer = (reply: Reply): void => (ack ?? emitReply)(reply);
    const name = String(packet[0]);
    const input = count === 1 ? packet[1] : {};
    const done = taken();
    const work = async (): Promise<void> => {
      // What a client that has gone still had waiting is not begun.
      const outcome = !socket.connected
        ? undefined
        : await (count > 1 ? tooMany(count) : guarded(handle, name, input));
      done();
      if (outcome) await finish(outcome, answer);
    };
    if (turns.take(work)) return;
    done();
    answer(refused(fail('socket.busy', {}, { retryAfterMs: BUSY_RETRY_MS }), '').reply);
  });
}

const tooMany = (count: number): Promise<Outcome> =>
  Promise.resolve(refused(fail('socket.too_many_arguments', { count }), ''));

async function guarded(handle: Handle, name: string, input: unknown): Promise<Outcome> {
  const requestId = newId();
  try {
    return await handle({ name, input, requestId });
  } catch (error) {
    return refused(error, requestId);
  }
}

async function finish(outcome: Outcome, answer: (reply: Reply) => void): Promise<void> {
  try {
    answer(outcome.reply);
    await outcome.afterwards?.();
  } catch (error) {
    log.warn(`with a reply: ${String(error)}`);
  }
}
