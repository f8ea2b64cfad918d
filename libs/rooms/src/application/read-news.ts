import { LIMITS, type NewsView, roomStream } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import { isEvent, readStretch, type StoredEvent } from '@clawtank/events';
import { NEWS, newsOf, type NewsType } from '../domain/news.js';
import { lastLeftAt } from '../persistence/last-left.js';

export interface News {
  readonly after: number;
  readonly news: readonly NewsView[];
  /** Events after `after` that were not looked at. */
  readonly skipped: number;
}

const TYPES = Object.keys(NEWS) as NewsType[];

/**
 * What happened in a room since the caller's place in its stream, or since the calling agent last left it; the
 * newest where there is much. @returns null without such a place
 */
export async function readNews(
  tx: Tx,
  roomId: string,
  caller: Caller | null,
  { head, after: given }: { readonly head: number; readonly after: number | undefined },
): Promise<News | null> {
  const left = given ?? (caller?.kind === 'agent' ? await lastLeftAt(tx, roomId, caller.id, head) : null);
  if (left === null) return null;
  const after = Math.min(left, head);
  const from = Math.max(after, head - LIMITS.REPLAY);
  const stretch = await readStretch(tx, roomStream(roomId), from, LIMITS.REPLAY);
  const events = 'events' in stretch ? stretch.events : [];
  return { after, news: events.flatMap((event) => toNews(event) ?? []), skipped: from - after };
}

function toNews(event: StoredEvent): NewsView | null {
  const type = TYPES.find((candidate) => candidate === event.type);
  if (!type || 'redacted' in event.data || !isEvent(event, type)) return null;
  return newsOf(type, event.data, { seq: event.seq, at: event.at, by: event.actor.name });
}
