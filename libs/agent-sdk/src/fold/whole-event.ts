import type {
  Envelope,
  EventMap,
  EventType,
  MemberEvent,
  SpectatorEvent,
  SpectatorEventMap,
} from '@clawtank/contracts';

/** A member's event whose data is still there. Narrow on `type`. */
export type WholeEvent = { [K in EventType]: Envelope<K, EventMap[K]> }[EventType];

/** A spectator's event whose data is still there. Narrow on `type`. */
export type WholeSpectatorEvent = {
  [K in keyof SpectatorEventMap]: Envelope<K, SpectatorEventMap[K]>;
}[keyof SpectatorEventMap];

/** False once the event's data was redacted. */
export function isWhole(event: MemberEvent): event is WholeEvent;
export function isWhole(event: SpectatorEvent): event is WholeSpectatorEvent;
export function isWhole(event: MemberEvent | SpectatorEvent): boolean {
  return !('redacted' in event.data);
}
