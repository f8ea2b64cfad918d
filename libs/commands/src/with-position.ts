import { GLOBAL_STREAM, type Position, userStream } from '@clawtank/contracts';
import type { Appended } from '@clawtank/events';
import type { Caller } from './caller.js';
import type { KeptReply } from './command-results.js';

/**
 * A reply with where its events stand: the room's events before the copies in user streams; of several transactions
 * the stretch they span. Of user streams only the caller's own: how far another's has come is nobody else's business.
 */
export function withPosition(data: object, appended: readonly Appended[], caller: Caller): KeptReply {
  const readable = [userStream(caller.id), GLOBAL_STREAM];
  const part =
    appended.find(({ stream }) => stream.startsWith('room:')) ??
    appended.find(({ stream }) => readable.some((own) => own === stream));
  const parts = appended.filter(({ stream }) => stream === part?.stream);
  const first = parts[0];
  const last = parts.at(-1);
  if (!first || !last) return { data };
  const position: Position = {
    stream: first.stream,
    epoch: first.epoch,
    first_seq: first.from,
    seq: last.to,
  };
  return { data: { ...position, ...data } };
}
