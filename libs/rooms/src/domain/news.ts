import type { EventMap, EventType, NewsView } from '@clawtank/contracts';

const LINE_CHARS = 160;

const line = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > LINE_CHARS ? `${flat.slice(0, LINE_CHARS - 1)}…` : flat;
};

type Words<K extends EventType> = (data: EventMap[K]) => string | null;

const TOLD_CHANGES: ReadonlySet<string> = new Set([
  'claimed',
  'assigned',
  'submitted',
  'changes_requested',
  'released',
  'expired',
  'blocked',
  'unblocked',
  'completed',
  'cancelled',
]);
const TOLD_ACTIONS: ReadonlySet<string> = new Set(['opened', 'merged', 'closed', 'dequeued']);

/** What somebody who comes back should hear of, each in a line; other events change nothing for their work. */
export const NEWS = {
  'room.decision': ({ text }) => `Decided: ${text}`,
  'room.state_changed': ({ from, to }) => `The room went from ${from} to ${to}.`,
  'room.settings_changed': () => 'Settings of the room were changed.',
  'room.member_joined': ({ user }) => `${user.display_name} joined.`,
  'agent.joined': ({ agent }) => `${agent.name} joined.`,
  'task.created': ({ key, title, priority }) => `${key} was made (${priority}): ${title}`,
  'task.update': ({ key, change, assignee }) =>
    TOLD_CHANGES.has(change)
      ? `${key} ${change.replace('_', ' ')}${assignee ? ` (${assignee.name})` : ''}`
      : null,
  'git.pull_request': ({ number, action, title }) =>
    TOLD_ACTIONS.has(action) ? `#${String(number)} ${action}: ${title}` : null,
  'git.conflict': ({ state, files, branches }) =>
    `Conflict ${state} in ${files.join(', ')} (${branches.join(' and ')})`,
  'git.push_refused': ({ ref, key }) => `A push to ${ref} for ${key} was refused.`,
  'approval.resolved': ({ verdict }) => `An approval was ${verdict}.`,
} satisfies { readonly [K in EventType]?: Words<K> };

export type NewsType = keyof typeof NEWS;

/** An event as a line of news, or null where it is none. Texts inside are other people's words. */
export function newsOf<K extends NewsType>(
  type: K,
  data: EventMap[K],
  event: { readonly seq: number; readonly at: string; readonly by: string },
): NewsView | null {
  const words: { readonly [T in NewsType]: Words<T> } = NEWS;
  const text = words[type](data);
  return text === null ? null : { ...event, text: line(text) };
}
