import type { Actor, Origin, Principal } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import type { Room } from '@clawtank/rooms';

export interface ChatCapture {
  readonly room: Room;
  readonly messageId: string;
  readonly text: string;
  readonly author: Actor;
  /** People and agents of the room that the text names. */
  readonly mentions: readonly Principal[];
  readonly origin: Origin;
}

/**
 * Makes tasks or suggestions of a chat message, in the message's own transaction. `/task …` and an ask addressed
 * to an agent become tasks at once; other asks of people become `task.suggested`. The room must be locked, and
 * the message's own event appended before.
 */
export async function captureFromChat(_tx: LogTx, _message: ChatCapture): Promise<void> {
  throw new Error('not built yet');
}

/** Dismisses what was suggested from a message that was deleted or edited, and redacts the suggested text. */
export async function forgetSuggestions(
  _tx: LogTx,
  _roomId: string,
  _messageId: string,
  _actor: Actor,
): Promise<void> {
  throw new Error('not built yet');
}
