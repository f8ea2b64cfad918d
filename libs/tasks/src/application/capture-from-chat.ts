import type { Actor, Origin, Principal } from '@clawtank/contracts';
import { type LogTx, redactRoomEvents } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { principalsOf, type Room } from '@clawtank/rooms';
import { type Ask, parseMessage } from '../domain/parse-message.js';
import { mayChangeTasks } from '../domain/task-policies.js';
import { blankSuggestionsOf, insertSuggestion, markDismissed } from '../persistence/suggestion-rows.js';
import { createTask } from './create-task.js';

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
 * Makes tasks or suggestions of a chat message, in the message's own transaction. `/task …` and an ask that people
 * address to an agent become tasks at once; other asks of people become `task.suggested`. What agents say among
 * themselves makes nothing but by command, and what the system or a webhook says makes nothing at all. The room
 * must be locked, and the message's own event appended before.
 */
export async function captureFromChat(tx: LogTx, message: ChatCapture): Promise<void> {
  const { room, origin } = message;
  if ((origin !== 'member' && origin !== 'agent') || !mayChangeTasks(room).allowed) return;
  const agents = await agentsByHandle(tx, message);
  for (const ask of parseMessage(message.text, [...agents.keys()])) {
    if (ask.how === 'command' || (ask.how === 'addressed' && origin === 'member'))
      await makeTask(tx, message, ask, agents);
    else if (origin === 'member' && room.settings.task_capture === 'suggest') await suggest(tx, message, ask);
  }
}

/** The agents that the message mentions; handles are what the text has, names need not be. */
async function agentsByHandle(
  tx: LogTx,
  { room, mentions }: ChatCapture,
): Promise<ReadonlyMap<string, string>> {
  if (!mentions.some(({ kind }) => kind === 'agent')) return new Map();
  const named = new Set(mentions.map(({ id }) => id));
  const principals = await principalsOf(tx, room.id);
  return new Map(
    principals
      .filter(({ kind, id }) => kind === 'agent' && named.has(id))
      .map(({ handle, id }) => [handle.toLowerCase(), id]),
  );
}

async function makeTask(
  tx: LogTx,
  { room, messageId, author }: ChatCapture,
  ask: Ask,
  agents: ReadonlyMap<string, string>,
): Promise<void> {
  const addressedTo = ask.handles.flatMap((handle) => agents.get(handle) ?? []);
  const { title, description, priority, paths } = ask;
  const draft = { title, description, priority, paths, sourceMessageId: messageId, addressedTo };
  await createTask(tx, room, draft, author);
}

async function suggest(tx: LogTx, { room, messageId, author }: ChatCapture, ask: Ask): Promise<void> {
  const { title, priority, paths, confidence } = ask;
  const id = newId();
  const { seq: eventSeq } = tx.appendToRoom(room.id, {
    type: 'task.suggested',
    actor: author,
    data: { suggestion_id: id, message_id: messageId, title, priority, paths, confidence },
  });
  const heard = { messageId, title, priority, paths, confidence };
  await insertSuggestion(tx, { id, roomId: room.id, eventSeq, suggestedBy: author, ...heard });
}

/**
 * Dismisses what was suggested from a message that was deleted or edited, and takes the suggested text out of the
 * log. The room must be locked.
 */
export async function forgetSuggestions(
  tx: LogTx,
  roomId: string,
  messageId: string,
  actor: Actor,
): Promise<void> {
  const suggestions = await blankSuggestionsOf(tx, roomId, messageId);
  if (suggestions.length === 0) return;
  await redactRoomEvents(
    tx,
    roomId,
    suggestions.map((suggestion) => suggestion.event_seq),
    actor,
  );
  const pending = suggestions.filter(({ state }) => state === 'pending').map(({ id }) => id);
  await markDismissed(tx, pending);
  for (const id of pending)
    tx.appendToRoom(roomId, { type: 'task.dismissed', actor, data: { suggestion_id: id } });
}
