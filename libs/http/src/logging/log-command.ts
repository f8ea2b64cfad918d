import { Logger } from '@nestjs/common';
import type { WireError } from '@clawtank/contracts';
import { isId } from '@clawtank/kernel';

/** A command that was answered. */
export interface Answered {
  readonly requestId: string;
  /** One of the contract; a name that a client made up must not be written. */
  readonly name: string;
  readonly door: 'rest' | 'socket';
  /** What came over the wire: nothing of it is written but ids that are ids. */
  readonly roomId: unknown;
  readonly commandId: unknown;
  readonly error?: WireError;
}

const log = new Logger('command');
const OURS: ReadonlySet<string> = new Set(['INTERNAL', 'UNAVAILABLE']);

const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && isId(value) ? value : undefined;

/** One line a command, with the ids by which it is found again. What went wrong on our side is told aloud. */
export function logCommand({ requestId, name, door, roomId, commandId, error }: Answered): void {
  const line = {
    request_id: requestId,
    command: name,
    door,
    room_id: idOf(roomId),
    command_id: idOf(commandId),
    outcome: error?.code ?? 'ok',
    reason: error?.reason,
  };
  if (error && OURS.has(error.code)) log.warn(line);
  else log.debug(line);
}
