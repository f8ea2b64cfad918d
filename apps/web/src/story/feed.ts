import type { MessageView } from '@clawtank/contracts';
import type { Cast } from './cast';
import { fromBirth, type LogSlice, type Told, told } from './log';
import type { RoomFacts } from './room-story';
import type { Sentence } from './sentence';
import type { LineCount } from './sentence-git';
import { sentenceOf } from './tell';

export type FeedItem =
  | { readonly kind: 'message'; readonly seq: number; readonly at: string; readonly message: MessageView }
  | {
      readonly kind: 'event';
      readonly seq: number;
      readonly at: string;
      readonly type: Told['type'];
      readonly sentence: Sentence;
    }
  | {
      readonly kind: 'xp';
      readonly seq: number;
      readonly at: string;
      readonly xp: Extract<Told, { type: 'reputation.xp' }>['data'];
    };

/** Lines on the page at most; older ones belong to the replay. */
export const FEED_CAP = 200;

/** What each branch adds and removes, for branches whose first commit the log holds. */
function lineCounts(log: LogSlice, events: readonly Told[]): LineCount {
  const totals = new Map<string, { additions: number; deletions: number }>();
  const shas = new Set<string>();
  for (const event of events) {
    if (event.type === 'git.branch' && event.data.action === 'created') {
      totals.set(event.data.branch, { additions: 0, deletions: 0 });
    }
    if (event.type !== 'git.commit' || shas.has(event.data.sha)) continue;
    shas.add(event.data.sha);
    const { branch, additions, deletions } = event.data;
    const sum = totals.get(branch) ?? (fromBirth(log) ? { additions: 0, deletions: 0 } : undefined);
    if (!sum) continue;
    totals.set(branch, { additions: sum.additions + additions, deletions: sum.deletions + deletions });
  }
  return (branch) => {
    const sum = totals.get(branch);
    return sum && sum.additions + sum.deletions > 0 ? sum : undefined;
  };
}

/**
 * The chat with the main events of the log as lines between its messages, oldest first. Events from before the
 * oldest message at hand are left out, as the messages around them would be missing.
 */
export function chatFeed(
  snapshot: Pick<RoomFacts, 'messages'>,
  log: LogSlice,
  cast: Cast,
): readonly FeedItem[] {
  const messages = snapshot.messages.map(
    (message): FeedItem => ({ kind: 'message', seq: message.seq, at: message.created_at, message }),
  );
  const oldest = fromBirth(log) ? 0 : (messages[0]?.seq ?? 0);
  const lines = eventItems(log, cast).filter(
    (item) => item.seq >= oldest && (item.kind !== 'event' || item.sentence.main),
  );
  return [...messages, ...lines].toSorted((a, b) => a.seq - b.seq).slice(-FEED_CAP);
}

/** Every event of the log that can be told, oldest first. */
export function activityFeed(log: LogSlice, cast: Cast): readonly FeedItem[] {
  return eventItems(log, cast).slice(-FEED_CAP);
}

/** What each event became: a frame adds a few to thousands that say what they said before. */
const ITEMS = new WeakMap<Cast, WeakMap<Told, FeedItem | null>>();

/** The log as lines and earnings, oldest first. An event keeps its item for as long as the cast is the same. */
export function eventItems(log: LogSlice, cast: Cast): readonly FeedItem[] {
  const events = told(log);
  const lines = lineCounts(log, events);
  const known = ITEMS.get(cast) ?? new WeakMap<Told, FeedItem | null>();
  ITEMS.set(cast, known);
  const items: FeedItem[] = [];
  for (const event of events) {
    // What a pull request adds and removes may still grow.
    const kept = event.type === 'git.pull_request' ? undefined : known.get(event);
    const item = kept === undefined ? itemOf(event, cast, lines) : kept;
    if (kept === undefined) known.set(event, item);
    if (item) items.push(item);
  }
  return items;
}

function itemOf(event: Told, cast: Cast, lines: LineCount): FeedItem | null {
  const { seq, at, type } = event;
  if (type === 'reputation.xp') return { kind: 'xp', seq, at, xp: event.data };
  const sentence = sentenceOf(event, cast, lines);
  return sentence && { kind: 'event', seq, at, type, sentence };
}
