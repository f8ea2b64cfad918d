import { toWireError } from '@clawtank/commands';
import { Logger } from '@nestjs/common';
import { newId } from '@clawtank/kernel';
import { fail } from './failures.js';
import type { Outcome, Reply } from './outcome.js';

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
  use(middleware: (packet: unknown[], next: () => void) => void): unknown;
}

const MAX_IN_FLIGHT = 1_000;
const BUSY_RETRY_MS = 250;
const log = new Logger('socket');

const isAck = (value: unknown): value is Ack => typeof value === 'function';

const refused = (error: unknown, requestId: string): Outcome => ({
  reply: {
    ok: false,
    error: toWireError(error, requestId, (unknown, id) => {
      log.error(
        unknown instanceof Error ? (unknown.stack ?? unknown.message) : String(unknown),
        undefined,
        id,
      );
    }),
  },
});

/**
 * Answers every packet of a socket, whatever is in it: through its ack, or as an event where it has none.
 * Packets stop in this middleware and never become events of the socket: there, each element of a packet is an
 * argument of a function call, and a packet with tens of thousands of them ends the process.
 */
export function answerPackets(socket: Packets, emitReply: (reply: Reply) => void, handle: Handle): void {
  let inFlight = 0;
  socket.use((packet) => {
    const last = packet.at(-1);
    const ack = packet.length > 1 && isAck(last) ? last : undefined;
    const count = packet.length - (ack ? 2 : 1);
    const answer = (reply: Reply): void => (ack ?? emitReply)(reply);
    if (inFlight >= MAX_IN_FLIGHT) {
      answer(refused(fail('socket.busy', {}, { retryAfterMs: BUSY_RETRY_MS }), '').reply);
      return;
    }
    inFlight += 1;
    const work =
      count > 1 ? tooMany(count) : guarded(handle, String(packet[0]), count === 1 ? packet[1] : {});
    void work
      .then((outcome) => finish(outcome, answer))
      .finally(() => {
        inFlight -= 1;
      });
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
  answer(outcome.reply);
  try {
    await outcome.afterwards?.();
  } catch (error) {
    log.warn(`after a reply: ${String(error)}`);
  }
}
