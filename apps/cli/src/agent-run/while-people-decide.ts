import { hasReason } from '@clawtank/agent-sdk';
import { pause } from '../commands/pause.js';
import { CliError } from '../usage-error.js';

const AGAIN_MS = 3_000;

/** A push that the server refused because the room is on hold. */
export const ON_HOLD = 'git.on_hold';
/** A push that the server refused until a person has approved it. */
export const NEEDS_APPROVAL = 'git.needs_approval';

/**
 * Does it, again and again as long as people have to say something first: the host, who holds the room, or whoever
 * approves it. The work is done and only has to be handed in.
 */
export async function whilePeopleDecide<T>(
  signal: AbortSignal,
  act: () => Promise<T>,
  againMs = AGAIN_MS,
): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!waitsForPeople(error)) throw error;
      await pause(againMs, signal);
    }
  }
}

const waitsForPeople = (error: unknown): boolean =>
  hasReason(error, 'room.on_hold') ||
  hasReason(error, 'approval.needed') ||
  (error instanceof CliError && (error.reason === ON_HOLD || error.reason === NEEDS_APPROVAL));
