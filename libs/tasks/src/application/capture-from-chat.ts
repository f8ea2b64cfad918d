import type { Actor, Origin, Principal } from '@clawtank/contracts';
import { type LogTx, redactRoomEvents } from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import { principalsOf, type Room } from '@clawtank/rooms';
import { type Amendment, amendmentIn } from '../domain/capture/amendment.js';
import { leasePattern } from '../domain/capture/named-paths.js';
import { mayPointBack } from '../domain/capture/pointers.js';
import { type Ask, parseMessage } from '../domain/parse-message.js';
import { mayChangeTasks } from '../domain/task-policies.js';
import {
  amendSuggestion,
  blankSuggestionsOf,
  insertSuggestion,
  listPendingOf,
  markDismissed,
} from '../persistence/suggestion-rows.js';
import { listTasks } from '../persistence/task-rows.js';
import { amendTask } from './amend-task.js';
import { createTask } from './create-task.js';

export interface EarlierMessage {
  readonly id: string;
  /** Empty once it was deleted. */
  readonly text: string;
}

export interface ChatCapture {
  readonly room: Room;
  readonly messageId: string;
  readonly text: string;
  readonly author: Actor;
  /** People and agents of the room that the text names. */
  readonly mentions: readonly Principal[];
  readonly origin: Origin;
  /** When it was said; days are reckoned from it. */
  readonly at: Date;
  /** The message that it answers in so many words. */
  readonly replyTo: string | null;
  /** The message before, or the one that is answered; asked for only where a word may point at it. */
  readonly before?: () => Promise<EarlierMessage | undefined>;
}

/** From this confidence on, a room that captures by itself makes a task at once; below it suggests. */
export const AUTO_CONFIDENCE = 0.8;

/**
 * Makes tasks or suggestions of a chat message, in the message's own transaction. `/task …` and an ask that people
 * address to an agent become tasks at once, in a room that captures by itself also what is asked plainly; other asks
 * of people become `task.suggested`. What agents say among themselves makes nothing but by command, and what the
 * system or a webhook says makes nothing at all. A room that captures nothing heeds commands alone. The room must be
 * locked, and the message's own event appended before. A message that asks for nothing, but says more of what the one
 * before asked for, amends that suggestion, or the task that came of it while nobody has claimed it.
 */
export async function captureFromChat(tx: LogTx, message: ChatCapture): Promise<void> {
  const { room, origin } = message;
  if ((origin !== 'member' && origin !== 'agent') || !mayChangeTasks(room).allowed) return;
  const agents = await agentsByHandle(tx, message);
  const amendment = origin === 'member' ? amendmentIn(message.text, message.at) : null;
  const before = amendment || mayPointBack(message.text) ? await message.before?.() : undefined;
  const asks = parseMessage(message.text, { context: before?.text, now: message.at });
  if (asks.length === 0 && amendment && before) return amendPending(tx, message, before, amendment);
  for (const ask of asks) {
    const how = outcomeOf(ask, message, agents);
    if (how === 'none') continue;
    const captured = await placeAsk(tx, message, ask, before);
    if (how === 'task') await makeTask(tx, message, captured, agents);
    else await suggest(tx, message, captured);
  }
}

interface Captured {
  readonly ask: Ask;
  /** Ids of the tasks that it waits for. */
  readonly dependsOn: readonly string[];
  /** The finished task that it gives feedback on. */
  readonly followUpOf: string | null;
  /** Where it was heard besides the message itself. */
  readonly furtherMessageIds: readonly string[];
}

/** Finds what an ask refers to among the tasks and messages of the room. */
async function placeAsk(
  tx: LogTx,
  { room, replyTo }: ChatCapture,
  ask: Ask,
  before: EarlierMessage | undefined,
): Promise<Captured> {
  const earlier = ask.followsUp ? before?.id : undefined;
  const furtherMessageIds = earlier === undefined ? [] : [earlier];
  const answered = replyTo ?? earlier;
  if (ask.dependsOn.length === 0 && ask.about.length === 0 && answered === undefined)
    return { ask, dependsOn: [], followUpOf: null, furtherMessageIds };
  const tasks = await listTasks(tx, room.id);
  const dependsOn = tasks.filter(({ key }) => ask.dependsOn.includes(key)).map(({ id }) => id);
  const finished = tasks.filter(({ status }) => status === 'complete');
  // The latest, where it speaks of several: it is their work that is there to be seen.
  const meant =
    finished.findLast(({ key }) => ask.about.includes(key)) ??
    finished.findLast(({ sourceMessageIds: [first] }) => first !== undefined && first === answered);
  return { ask, dependsOn, followUpOf: meant?.id ?? null, furtherMessageIds };
}

function outcomeOf(
  ask: Ask,
  { room, origin }: ChatCapture,
  agents: ReadonlyMap<string, string>,
): 'task' | 'suggestion' | 'none' {
  if (ask.how === 'command') return 'task';
  const { task_capture: capture } = room.settings;
  if (origin !== 'member' || capture === 'off') return 'none';
  if (ask.handles.some((handle) => agents.has(handle))) return 'task';
  return capture === 'auto' && ask.confidence >= AUTO_CONFIDENCE ? 'task' : 'suggestion';
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
  { ask, dependsOn, followUpOf, furtherMessageIds }: Captured,
  agents: ReadonlyMap<string, string>,
): Promise<void> {
  const addressedTo = ask.handles.flatMap((handle) => agents.get(handle) ?? []);
  const { title, description, priority, capabilities, languages, deadline } = ask;
  const paths = ask.paths.map(leasePattern);
  const heard = { title, description, priority, paths, capabilities, languages, deadline, dependsOn };
  const sourceMessageIds = [messageId, ...furtherMessageIds];
  const draft = { ...heard, sourceMessageIds, addressedTo, followUpOf: followUpOf ?? undefined };
  await createTask(tx, room, draft, author);
}

async function suggest(
  tx: LogTx,
  { room, messageId, author }: ChatCapture,
  { ask, dependsOn, followUpOf, furtherMessageIds }: Captured,
): Promise<void> {
  const { title, priority, confidence, capabilities, languages, deadline } = ask;
  const paths = ask.paths.map(leasePattern);
  const id = newId();
  const told = { message_id: messageId, title, priority, paths, confidence, deadline };
  const source_message_ids = [messageId, ...furtherMessageIds];
  const { seq: eventSeq } = tx.appendToRoom(room.id, {
    type: 'task.suggested',
    actor: author,
    data: { suggestion_id: id, ...told, source_message_ids, follow_up_of: followUpOf },
  });
  const heard = {
    messageId,
    title,
    priority,
    paths,
    confidence,
    dependsOn,
    capabilities,
    languages,
    deadline,
  };
  const placed = { ...heard, followUpOf, furtherMessageIds };
  await insertSuggestion(tx, { id, roomId: room.id, eventSeq, suggestedBy: author, ...placed });
}

/** Where the message before left one suggestion or one task, this one says more of it; of several none is meant. */
async function amendPending(
  tx: LogTx,
  message: ChatCapture,
  before: EarlierMessage,
  amendment: Amendment,
): Promise<void> {
  const { room, messageId, author } = message;
  const [pending, ...others] = await listPendingOf(tx, room.id, before.id);
  if (others.length > 0) return;
  if (!pending) return amendTask(tx, message, before.id, amendment);
  const { title, confidence, follow_up_of } = pending;
  const priority = amendment.priority ?? pending.priority;
  const deadline = amendment.deadline ?? pending.due;
  const paths = [...new Set([...pending.paths, ...amendment.paths.map(leasePattern)])];
  const told = { message_id: pending.message_id, title, priority, paths, confidence, deadline, follow_up_of };
  const source_message_ids = [pending.message_id, ...pending.further_message_ids, messageId];
  const { seq: eventSeq } = tx.appendToRoom(room.id, {
    type: 'task.suggested',
    actor: author,
    data: { suggestion_id: pending.id, ...told, source_message_ids },
  });
  await amendSuggestion(tx, pending.id, { messageId, eventSeq, priority, deadline, paths });
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
    suggestions.flatMap((suggestion) => suggestion.event_seqs),
    actor,
  );
  const pending = suggestions.filter(({ state }) => state === 'pending').map(({ id }) => id);
  await markDismissed(tx, pending);
  for (const id of pending)
    tx.appendToRoom(roomId, { type: 'task.dismissed', actor, data: { suggestion_id: id } });
}
