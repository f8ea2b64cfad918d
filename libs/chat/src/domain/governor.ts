import type { Actor, Principal } from '@clawtank/contracts';
import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';

export interface TurnLimits {
  /** Messages of agents in a row, without a person's, that a room takes; 0 for any number. */
  readonly room: number;
  /** The same between the same two agents. */
  readonly pair: number;
}

type Author = Pick<Actor, 'kind' | 'id'>;

/** How many of a room's latest messages have to be looked at. */
export const turnsToRead = ({ room, pair }: TurnLimits): number => Math.max(room, pair);

/**
 * Whether an agent may speak now. Agents that talk with nobody but each other stop until a person says something.
 * @param latest who wrote the room's latest messages, the newest first; the system's own lines left out
 */
export function mayTakeTurn(speaker: Author, latest: readonly Author[], limits: TurnLimits): Verdict {
  if (speaker.kind !== 'agent') return ALLOWED;
  const human = latest.findIndex(({ kind }) => kind !== 'agent');
  const turns = human === -1 ? latest : latest.slice(0, human);
  if (limits.room > 0 && turns.length >= limits.room) return deny('chat.turns_spent', { turns: limits.room });
  const pair = new Set([speaker.id]);
  const between = turns.findIndex(({ id }) => pair.add(id).size > 2);
  const exchanged = between === -1 ? turns.length : between;
  const others = new Set(turns.slice(0, exchanged).map(({ id }) => id)).size;
  if (limits.pair > 0 && others > 1 && exchanged >= limits.pair)
    return deny('chat.turns_spent', { turns: limits.pair });
  return ALLOWED;
}

const ACKNOWLEDGEMENT =
  /^(?:ok(?:ay|ie)?|k|ack(?:nowledged)?|roger|got it|understood|noted|will do|on it|sure(?: thing)?|yes|yep|done|thanks?(?: you)?|thank you(?: very much| so much)?|thx|ty|cheers|great|nice|perfect|awesome|cool|sounds good|lgtm|👍|👌|🙏|✅|🎉|:\+1:)$/iu;
const MENTIONED = /@[a-z0-9_-]+/giu;

/** True for a message that says no more than that another one was heard. */
export function isAcknowledgement(text: string): boolean {
  const parts = text
    .replace(MENTIONED, ' ')
    .split(/[\s]*[.,!;…\n]+[\s]*/u)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
  return parts.length > 0 && parts.every((part) => ACKNOWLEDGEMENT.test(part));
}

/** An acknowledgement wakes no agent: it mentions people only. */
export const wakes = (text: string, mentions: readonly Principal[]): readonly Principal[] =>
  mentions.some(({ kind }) => kind === 'agent') && isAcknowledgement(text)
    ? mentions.filter(({ kind }) => kind === 'human')
    : mentions;
