import { foldRoom, foldSpectator } from '@clawtank/agent-sdk';
import type { MemberEvent, RoomSnapshot, SpectatorEvent, SpectatorSnapshot } from '@clawtank/contracts';

/** The server's snapshot holds so many messages; a folded one keeps more. */
const MESSAGES = 50;

type Json = Readonly<Record<string, unknown>>;

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A row and its event are written in one transaction, milliseconds apart: that there is a time counts, and null. */
const withoutClocks = (value: unknown): unknown => {
  if (typeof value === 'string') return TIME.test(value) ? 'a time' : value;
  if (Array.isArray(value)) return value.map(withoutClocks);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutClocks(inner)]));
};

/** What of a list's items is in the log. */
const TOLD: Readonly<Record<string, (items: readonly Json[]) => readonly Json[]>> = {
  messages: (items) => items.slice(-MESSAGES),
  // One that has left may be forgotten; its clients go on showing that it was there.
  // How far it has come is a signal.
  agents: (items) => items.filter((item) => item['connected']).map(({ progress: _, ...agent }) => agent),
  // What a review says in words is read with the pull request itself.
  pull_requests: (items) =>
    items.map(({ reviews, ...pull }) => ({
      ...pull,
      reviews: ((reviews ?? []) as Json[]).map(({ id: _, body: _b, comments: _c, ...review }) => review),
    })),
  // Heartbeats renew a lease, and there is no event of them. The branch that a free task begins from, when somebody
  // else has left it one, is told by the claim.
  tasks: (items) =>
    items.map(({ lease_expires_at: _l, branch, ...task }) => ({
      ...task,
      ...(task['assignee'] ? { branch } : {}),
    })),
  leases: (items) => items.map(({ expires_at: _, ...lease }) => lease),
  // How far a branch is from main is asked of git.
  branches: (items) => items.map(({ ahead: _a, behind: _b, ...branch }) => branch),
  // Resolved ones are shown by their clients for a while.
  conflicts: (items) => items.filter((item) => item['state'] !== 'resolved'),
};

/** The same text for the same value, whatever the order of its properties. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** Lists are sets with an order for showing; what is in them is what counts. */
const sorted = (items: readonly unknown[]): readonly unknown[] =>
  [...items].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));

function comparable(snapshot: RoomSnapshot | SpectatorSnapshot): Json {
  const entries = Object.entries(snapshot).map(([name, value]: [string, unknown]): [string, unknown] => {
    if (!Array.isArray(value)) return [name, withoutClocks(value)];
    const told = withoutClocks((TOLD[name] ?? ((items) => items))(value as Json[])) as unknown[];
    return [name, name === 'messages' ? told : sorted(told)];
  });
  return Object.fromEntries(entries);
}

/** A member's snapshot as it is compared. */
export const asMember = (snapshot: RoomSnapshot): Json => comparable(snapshot);

/** How many watch and how busy the room is is in no log; the cursor is that of frames, which tell of hidden events. */
export function asStranger(snapshot: SpectatorSnapshot): Json {
  const { cursor: _c, ...shown } = comparable(snapshot);
  const { spectators: _s, pulse: _p, last_event_at: _l, ...room } = shown['room'] as Json;
  return { ...shown, room };
}

export const foldedMember = (from: RoomSnapshot, events: readonly MemberEvent[]): Json =>
  asMember(events.filter(({ seq }) => seq > from.cursor).reduce(foldRoom, from));

export const foldedStranger = (from: SpectatorSnapshot, events: readonly SpectatorEvent[]): Json =>
  asStranger(events.filter(({ seq }) => seq > from.cursor).reduce(foldSpectator, from));
