import type { Envelope } from '@clawtank/contracts';
import type { AnyFrame, Audience, AudienceProjector } from '../audience.js';
import type { Stretch } from '../log/log-reader.js';
import type { StoredEvent } from '../log/stored-event.js';

const KEPT = 64;

/**
 * Frames of one stream for one audience. An event is projected once however many read it, and readers at the same
 * place get the same object, so that its text is made once too.
 */
export class Frames {
  private readonly envelopes = new WeakMap<StoredEvent, { readonly envelope: Envelope | null }>();
  private readonly kept = new Map<
    string,
    { readonly frame: AnyFrame; readonly events: readonly StoredEvent[] }
  >();

  constructor(
    private readonly audience: Audience,
    private readonly projector: AudienceProjector,
  ) {}

  of(stretch: Pick<Stretch, 'stream' | 'epoch' | 'from' | 'to' | 'events'>): AnyFrame {
    const key = `${String(stretch.from)} ${String(stretch.to)} ${stretch.epoch}`;
    const known = this.kept.get(key);
    // A redacted event is another object than before.
    if (known && sameItems(known.events, stretch.events)) return known.frame;
    const events = stretch.events.flatMap((event) => this.envelopeOf(event) ?? []);
    const { stream, epoch, from, to } = stretch;
    const frame = { stream, epoch, from, to, events };
    this.kept.delete(key);
    this.kept.set(key, { frame, events: stretch.events });
    const oldest = this.kept.size > KEPT ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    return frame;
  }

  private envelopeOf(event: StoredEvent): Envelope | null {
    const known = this.envelopes.get(event);
    if (known) return known.envelope;
    const envelope = this.projector.show(event, this.audience);
    this.envelopes.set(event, { envelope });
    return envelope;
  }
}

const sameItems = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((item, index) => item === others[index]);
