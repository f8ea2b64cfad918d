import { hasReason } from '@clawtank/agent-sdk';
import { pause } from '../commands/pause.js';
import { CliError } from '../usage-error.js';

const AGAIN_MS = 3_000;

/** A push that the server refused because the room is on hold. */
export const ON_HOLD = 'git.on_hold';

/** Does it, again and again as long as the host holds the room: the work is done and only has to be handed in. */
export async function whileOnHold<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isOnHold(error)) throw error;
      await pause(AGAIN_MS, signal);
    }
  }
}

const isOnHold = (error: unknown): boolean =>
  hasReason(error, 'room.on_hold') || (error instanceof CliError && error.reason === ON_HOLD);
