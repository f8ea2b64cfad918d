import type { Principal, RoomState } from '@clawtank/contracts';
import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';
import type { Message } from './message.js';

type Authored = Pick<Message, 'author' | 'deleted'>;
type Who = Pick<Principal, 'kind' | 'id'>;

/** How many different reactions one message takes. */
export const REACTIONS_PER_MESSAGE = 20;

/** Whether a room's chat still takes anything new. */
export function mayChat(room: { readonly state: RoomState }): Verdict {
  return room.state === 'archived' ? deny('chat.archived', {}) : ALLOWED;
}

/** Only the author's own words may be changed, and only by the author. */
export function mayEdit(message: Authored, who: Who): Verdict {
  if (!isAuthor(message, who)) return deny('message.not_yours', {});
  return message.deleted ? deny('message.deleted', {}) : ALLOWED;
}

/** The author and the room's host may take a message away; one that is gone already stays so. */
export function mayDelete(message: Authored, who: Who, isHost: boolean): Verdict {
  if (!isHost && !isAuthor(message, who)) return deny('message.not_deletable', {});
  return message.deleted ? deny('message.deleted', {}) : ALLOWED;
}

/** @param emojis the different reactions that the message has */
export function mayReact(message: Authored, emojis: readonly string[], emoji: string): Verdict {
  if (message.deleted) return deny('message.deleted', {});
  const isNew = !emojis.includes(emoji);
  return isNew && emojis.length >= REACTIONS_PER_MESSAGE
    ? deny('message.too_many_reactions', { limit: REACTIONS_PER_MESSAGE })
    : ALLOWED;
}

const isAuthor = ({ author }: Authored, who: Who): boolean =>
  author.kind === who.kind && author.id === who.id;
