import type { ConflictView, Envelope, EventMap, MessageView, Principal, XpView } from '@clawtank/contracts';

/** Messages a folded snapshot keeps; the server's own holds fewer. Older ones are read by page. */
export const FOLDED_MESSAGES = 200;

/** An event of type `K`, not redacted. */
export type EventOf<K extends keyof M & string, M = EventMap> = Envelope<K, M[K]>;

/** `items` with `next` in the place of the one `same` finds, or at the end. */
export function upsert<T>(items: readonly T[], next: T, same: (item: T) => boolean): readonly T[] {
  return items.some(same) ? items.map((item) => (same(item) ? next : item)) : [...items, next];
}

/** `items` with every one that `which` finds changed. */
export const patch = <T>(
  items: readonly T[],
  which: (item: T) => boolean,
  change: (item: T) => T,
): readonly T[] => items.map((item) => (which(item) ? change(item) : item));

/** Pull requests as lists show them. */
export const newestFirst = <T extends { readonly number: number }>(pulls: readonly T[]): readonly T[] =>
  [...pulls].sort((a, b) => b.number - a.number);

/** The object without its undefined fields. */
export function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

type Messages = readonly MessageView[];

/**
 * Messages after one whose text was redacted before it was read: an edit or a deletion that follows fills in what
 * is left of it. A message's id is its event's.
 */
export const withRedactedMessage = (
  messages: Messages,
  event: Pick<Envelope, 'id' | 'seq' | 'at' | 'actor'>,
): Messages =>
  messagesAfter(messages, {
    ...event,
    stream: '',
    type: 'chat.message',
    data: {
      message_id: event.id,
      text: '',
      mentions: [],
      reply_to: null,
      origin: event.actor.kind === 'human' ? 'member' : event.actor.kind,
    },
  });

/** Messages after the event with this number lost its text. What an edit said since then stands. */
export const withoutText = (messages: Messages, seq: number): Messages =>
  patch(
    messages,
    (message) => message.seq === seq && message.edited_at === null,
    (message) => ({ ...message, text: '', mentions: [] }),
  );

/** Messages after a `chat.*` event; both forms of these events are the same. */
export function messagesAfter(
  messages: Messages,
  event:
    | EventOf<'chat.message'>
    | EventOf<'chat.edited'>
    | EventOf<'chat.deleted'>
    | EventOf<'chat.reaction'>,
): Messages {
  const isIt = (message: MessageView): boolean => message.message_id === event.data.message_id;
  switch (event.type) {
    case 'chat.message':
      return upsert(messages, messageOf(event), isIt).slice(-FOLDED_MESSAGES);
    case 'chat.edited':
      return patch(messages, isIt, (message) => ({
        ...message,
        text: event.data.text,
        mentions: event.data.mentions,
        reply_to: event.data.reply_to,
        edited_at: event.at,
      }));
    case 'chat.deleted':
      return patch(messages, isIt, (message) => ({
        ...message,
        text: '',
        mentions: [],
        reply_to: null,
        reactions: [],
        // Of a redacted edit nobody knows to which message it belonged.
        edited_at: null,
        deleted: true,
      }));
    case 'chat.reaction':
      return patch(messages, isIt, (message) => withReaction(message, event));
  }
}

function messageOf(event: EventOf<'chat.message'>): MessageView {
  const { message_id, text, mentions, reply_to, origin } = event.data;
  return {
    message_id,
    seq: event.seq,
    author: event.actor,
    text,
    mentions,
    reply_to,
    origin,
    created_at: event.at,
    edited_at: null,
    deleted: false,
    reactions: [],
  };
}

function withReaction(message: MessageView, event: EventOf<'chat.reaction'>): MessageView {
  const { emoji, added } = event.data;
  const before = message.reactions.find((reaction) => reaction.emoji === emoji)?.by ?? [];
  const others = before.filter((id) => id !== event.actor.id);
  const by = added ? [...others, event.actor.id] : others;
  const reactions = upsert(message.reactions, { emoji, by }, (reaction) => reaction.emoji === emoji);
  return { ...message, reactions: reactions.filter((reaction) => reaction.by.length > 0) };
}

/** Conflicts after a `git.conflict` event. A prediction that comes true keeps its id and its time. */
export function conflictsAfter(
  conflicts: readonly ConflictView[],
  event: Envelope<'git.conflict', Omit<EventMap['git.conflict'], 'resolved_by'>>,
): readonly ConflictView[] {
  const { conflict_id: id, state, files, task_ids, branches } = event.data;
  const before = conflicts.find((conflict) => conflict.id === id);
  const next: ConflictView = {
    id,
    state,
    files,
    task_ids,
    branches,
    resolution_task_id: event.data.resolution_task_id ?? null,
    created_at: before?.created_at ?? event.at,
    resolved_at: state === 'resolved' ? event.at : null,
  };
  return upsert(conflicts, next, (conflict) => conflict.id === id);
}

/** Totals after a `reputation.*` event, the highest first. */
export function xpAfter(
  xp: readonly XpView[],
  event: EventOf<'reputation.xp'> | EventOf<'reputation.level_up'>,
): readonly XpView[] {
  const { subject, level } = event.data;
  const isIt = (entry: XpView): boolean => samePrincipal(entry.subject, subject);
  const total = 'total' in event.data ? event.data.total : (xp.find(isIt)?.total ?? 0);
  return [...upsert(xp, { subject, total, level }, isIt)].sort((a, b) => b.total - a.total);
}

const samePrincipal = (a: Principal, b: Principal): boolean => a.kind === b.kind && a.id === b.id;

interface Member<U> {
  readonly user: U;
  readonly role: 'host' | 'member' | 'spectator';
}

/** Members with this one's role changed; a new host makes the old one a member. */
export function withRole<U extends { readonly id: string }, M extends Member<U>>(
  members: readonly M[],
  userId: string,
  role: Member<U>['role'],
): readonly M[] {
  return patch(
    members,
    (member) => member.user.id === userId,
    (member) => ({ ...member, role }),
  );
}
