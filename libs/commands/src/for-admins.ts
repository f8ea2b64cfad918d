import type { Caller } from './caller.js';

const PREFIX = 'admin.';

/**
 * Whether a command or query exists for this caller. Told by its name, and asked before anything else, so that no
 * administrator's command can be left open, or told from one that does not exist, by an oversight of its own.
 */
export const mayKnow = (name: string, caller: Caller | null): boolean =>
  !name.startsWith(PREFIX) || (caller?.kind === 'human' && caller.isAdmin);
