import type { Actor, MessageView, Principal, SpectatorAgent, SpectatorUser } from '@clawtank/contracts';
import { type Form, SHOW } from './form.js';

/** People and agents as they stand inside events and snapshots. */
export const PRINCIPAL = { kind: SHOW, id: SHOW, name: SHOW } as const satisfies Form<Principal>;
export const ACTOR = { kind: SHOW, id: SHOW, name: SHOW } as const satisfies Form<Actor>;
export const USER = { id: SHOW, username: SHOW, display_name: SHOW } as const satisfies Form<SpectatorUser>;
export const AGENT = {
  id: SHOW,
  owner_id: SHOW,
  owner_name: SHOW,
  name: SHOW,
  handle: SHOW,
  model: SHOW,
} as const satisfies Form<SpectatorAgent>;

export const MESSAGE = {
  message_id: SHOW,
  seq: SHOW,
  author: ACTOR,
  text: SHOW,
  mentions: [PRINCIPAL],
  reply_to: SHOW,
  origin: SHOW,
  created_at: SHOW,
  edited_at: SHOW,
  deleted: SHOW,
  reactions: [{ emoji: SHOW, by: [SHOW] }],
} as const satisfies Form<MessageView>;
