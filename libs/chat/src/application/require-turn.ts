import type { Caller } from '@clawtank/commands';
import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';
import { KeptFailure } from '@clawtank/kernel';
import type { Room } from '@clawtank/rooms';
import { mayTakeTurn, turnsToRead } from '../domain/governor.js';
import { latestAuthors } from '../persistence/messages.js';
import { postMessage } from './post-message.js';

const ASKS = 'The agents have talked among themselves for long and wait. Say something, and they may go on.';
/** A few lines of the system's own may stand between. */
const SPARE = 20;

/**
 * Passes people, and agents that have not talked among themselves for too long. The first that is refused makes the
 * room ask its people, once. The room must be locked.
 * @throws chat.turns_spent
 */
export async function requireTurn(tx: LogTx, room: Room, caller: Caller): Promise<void> {
  if (caller.kind !== 'agent') return;
  const limits = { room: room.settings.max_agent_turns, pair: room.settings.max_pair_turns };
  const read = turnsToRead(limits);
  if (read === 0) return;
  const latest = await latestAuthors(tx, room.id, read + SPARE);
  const verdict = mayTakeTurn(
    caller,
    latest.filter(({ kind }) => kind !== 'system'),
    limits,
  );
  if (verdict.allowed) return;
  if (latest[0]?.kind !== 'system') {
    const post = { author: SYSTEM_ACTOR, origin: 'system', text: ASKS, mentions: [], replyTo: null } as const;
    postMessage(tx, room.id, post);
  }
  throw KeptFailure.of(verdict.because);
}
