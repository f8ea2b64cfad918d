import type { EventType, SpectatorEventMap } from '@clawtank/contracts';
import type { EVENT_AUDIENCES, EventAudience, EventAudiences } from './event-audiences.js';
import type { Form, SHOW } from './form.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Assignable<A, B> = A extends B ? true : false;

type SpectatorFormOf<K extends EventType> = (typeof EVENT_AUDIENCES)[K]['spectator'];
type Show = typeof SHOW;

/** True per type where the table's form has the contract's fields, at every depth, and no other. */
type Exact = { [K in EventType]: Equal<SpectatorFormOf<K>, EventAudience<K>['spectator']> };
type AllTrue<T> = Equal<T[keyof T], true>;

// Checked by the compiler: each constant's type is the answer, and its value must agree.
describe('the table of audiences, as types', () => {
  it('has an entry for every event type and no other', () => {
    const exact: Equal<keyof typeof EVENT_AUDIENCES, EventType> = true;
    expect(exact).toBe(true);
  });

  it('shows exactly the fields of the contract’s spectator forms', () => {
    const exact: AllTrue<Exact> = true;
    expect(exact).toBe(true);
  });

  it('hides exactly the types without a spectator form', () => {
    type Hidden = { [K in EventType]: SpectatorFormOf<K> extends null ? K : never }[EventType];
    const exact: Equal<Hidden, Exclude<EventType, keyof SpectatorEventMap>> = true;
    expect(exact).toBe(true);
  });

  it('does not compile when an event type is missing', () => {
    const accepted: Assignable<Omit<typeof EVENT_AUDIENCES, 'chat.message'>, EventAudiences> = false;
    expect(accepted).toBe(false);
  });

  it('does not compile when a spectator form lacks a field', () => {
    const accepted: Assignable<{ message_id: Show }, Form<SpectatorEventMap['chat.edited']>> = false;
    expect(accepted).toBe(false);
  });

  it('does not compile when a hidden type is given a form', () => {
    const accepted: Assignable<{ detail: Show }, EventAudience<'approval.requested'>['spectator']> = false;
    expect(accepted).toBe(false);
  });

  it('does not compile when an object is shown without naming its fields', () => {
    const accepted: Assignable<Show, Form<SpectatorEventMap['room.created']>['host']> = false;
    expect(accepted).toBe(false);
  });

  it('does not compile when a spectator form is the whole data', () => {
    const accepted: Assignable<'whole', EventAudience<'git.commit'>['spectator']> = false;
    expect(accepted).toBe(false);
  });
});
