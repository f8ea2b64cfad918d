import type { CommandName } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import type { Caller } from './caller.js';

/** A command that waits for a room's lock. */
export interface AwaitedCommand {
  readonly name: CommandName;
  readonly caller: Caller;
}

/**
 * Reads at once what the commands of one room will each want to know of it and of their callers, so that none of them
 * asks alone. Commands behave the same without it. Every provider that extends it is found at start.
 */
export abstract class Foresight {
  /** Called once the room's lock is asked for: what it reads is sent behind that. */
  abstract read(tx: LogTx, roomId: string, awaited: readonly AwaitedCommand[]): Promise<void>;
}
