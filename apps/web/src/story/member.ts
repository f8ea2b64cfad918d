import type { EventType, MemberEvent, SpectatorEvent, SpectatorEventMap } from '@clawtank/contracts';

/**
 * Events that only members hear, or that show in no log: approvals, steering, offers, what is addressed to one
 * person. One that is missing here is passed on, and the story knows no words for it.
 */
const UNTOLD: Readonly<Partial<Record<Exclude<EventType, keyof SpectatorEventMap>, true>>> = {
  'agent.redirected': true,
  'chat.direct': true,
  'chat.direct_read': true,
  'chat.read': true,
  'task.offer': true,
  'task.declined': true,
  'git.push_refused': true,
  'agent.autonomy': true,
  'room.budget': true,
  'approval.requested': true,
  'approval.resolved': true,
  'system.notification': true,
  'system.notifications_read': true,
};

type Shared = Extract<MemberEvent, { readonly type: keyof SpectatorEventMap }>;

const isShared = (event: MemberEvent): event is Shared => !(event.type in UNTOLD);

/** A member's event as the log tells it: the members' form has every field of the strangers' and more. */
export const toldToMembers = (event: MemberEvent): SpectatorEvent | null => (isShared(event) ? event : null);
