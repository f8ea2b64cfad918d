import type { Actor, EventMap, EventType } from '@clawtank/contracts';

/** An event as the log keeps it: the members' form of its type. */
export interface StoredEvent<K extends EventType = EventType> {
  readonly id: string;
  readonly stream: string;
  readonly room_id?: string;
  readonly seq: number;
  readonly type: K;
  readonly at: string;
  readonly actor: Actor;
  readonly data: EventMap[K] | { readonly redacted: true };
}

export const SYSTEM_ACTOR: Actor = { kind: 'system', id: '', name: 'ClawTank' };

/** True, and narrowed, for an event of that type whose data was not redacted. */
export function isEvent<K extends EventType>(
  event: StoredEvent,
  type: K,
): event is StoredEvent<K> & { readonly data: EventMap[K] } {
  return event.type === type && !('redacted' in event.data);
}
