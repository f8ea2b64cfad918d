import type { Envelope, EventType } from '@clawtank/contracts';
import { type Audience, AudienceProjector, type StoredEvent } from '@clawtank/events';
import { EVENT_AUDIENCES, WHOLE } from './domain/event-audiences.js';
import { applyForm, type Form } from './domain/form.js';
import { ACTOR } from './domain/shared-forms.js';

/** Shows events as the table says: whole to members, through its allow-list to spectators. */
export class TableProjector extends AudienceProjector {
  /** @returns null where the event is hidden; an event of a type this server does not know is hidden from all */
  override project(event: StoredEvent, audience: Audience): Envelope | null {
    if (!isKnown(event.type)) return null;
    // A person's or an agent's own stream is nobody else's, whatever its events are.
    if (audience === 'spectator' && !event.stream.startsWith('room:')) return null;
    const form: Form<object> | typeof WHOLE | null = EVENT_AUDIENCES[event.type][audience];
    return form === null ? null : toEnvelope(event, dataIn(form, event.data));
  }

  override isWholeToMembers(type: string): boolean {
    return isKnown(type) && EVENT_AUDIENCES[type].member === WHOLE;
  }
}

const isKnown = (type: string): type is EventType => Object.hasOwn(EVENT_AUDIENCES, type);

function dataIn(form: Form<object> | typeof WHOLE, data: StoredEvent['data']): object {
  if ('redacted' in data) return { redacted: true };
  return form === WHOLE ? data : applyForm(form, data);
}

function toEnvelope(event: StoredEvent, data: object): Envelope {
  return {
    id: event.id,
    stream: event.stream,
    ...(event.room_id === undefined ? {} : { room_id: event.room_id }),
    seq: event.seq,
    type: event.type,
    at: event.at,
    actor: applyForm(ACTOR, event.actor),
    data,
  };
}
