import type { Envelope, Frame } from '@clawtank/contracts';
import { WireEvent } from './log/wire-event.js';
import type { StoredEvent } from './log/stored-event.js';

export type Audience = 'member' | 'spectator';

/**
 * Port: how an event looks to an audience, or null where it is hidden. The spectators lib implements it with
 * the one table that the compiler checks.
 */
export abstract class AudienceProjector {
  abstract project(event: StoredEvent, audience: Audience): Envelope | null;

  /** Whether members see events of this type as they were appended, so that their text can be sent as it is. */
  isWholeToMembers(_type: string): boolean {
    return false;
  }

  /** As `project`; an event that was read as text stays text where that is what is shown. */
  show(event: StoredEvent, audience: Audience): Envelope | null {
    const isText = event instanceof WireEvent && audience === 'member' && this.isWholeToMembers(event.type);
    return isText ? (event as Envelope) : this.project(event, audience);
  }
}

export type AnyFrame = Frame<Envelope>;

/** The frame of a stretch for one audience: hidden events leave their number in its range. */
export function toFrame(
  stretch: { stream: string; epoch: string; from: number; to: number; events: readonly StoredEvent[] },
  audience: Audience,
  projector: AudienceProjector,
): AnyFrame {
  const events = stretch.events.flatMap((event) => projector.show(event, audience) ?? []);
  return { stream: stretch.stream, epoch: stretch.epoch, from: stretch.from, to: stretch.to, events };
}
