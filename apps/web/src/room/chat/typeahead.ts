import type { RoomSnapshot } from '@clawtank/contracts';
import { SLASHES } from './slash';

/** One line of the list above the composer. */
export interface Offer {
  readonly id: string;
  /** What goes into the text. */
  readonly insert: string;
  readonly title: string;
  readonly detail: string;
  readonly who?: string;
}

/** The list as it stands. */
export interface OfferState {
  readonly offers: readonly Offer[];
  readonly chosen: number;
  readonly choose: (offer: Offer) => void;
}

export interface Typing {
  readonly kind: 'mention' | 'slash' | 'task';
  readonly word: string;
  /** Where in the text the word begins, sign included. */
  readonly from: number;
}

/** What is being typed at the caret: `@mo`, `/as`, `T-1`. */
export function typingAt(text: string, caret: number): Typing | null {
  const before = text.slice(0, caret);
  const slash = /^\/(\w*)$/.exec(before);
  if (slash) return { kind: 'slash', word: slash[1] ?? '', from: 0 };
  const mention = /(?:^|[\s(])@([\w.-]*)$/.exec(before);
  if (mention) {
    const word = mention[1] ?? '';
    return { kind: 'mention', word, from: caret - word.length - 1 };
  }
  const task = /(?:^|[\s(])(T-\d*)$/i.exec(before);
  if (task?.[1]) return { kind: 'task', word: task[1], from: caret - task[1].length };
  return null;
}

type Facts = Pick<RoomSnapshot, 'agents' | 'members' | 'tasks'>;

const MOST = 8;

/** What fits the word so far; those that begin with it come first. */
export function offersFor(typing: Typing, facts: Facts): readonly Offer[] {
  const word = typing.word.toLowerCase();
  const fits = (offer: Offer): boolean =>
    `${offer.insert} ${offer.title}`.toLowerCase().includes(word.replace(/^[/@]/, ''));
  const first = (offer: Offer): number => Number(!offer.insert.slice(1).toLowerCase().startsWith(word));
  return offersOf(typing.kind, facts)
    .filter(fits)
    .toSorted((a, b) => (typing.kind === 'task' ? 0 : first(a) - first(b)))
    .slice(0, MOST);
}

function offersOf(kind: Typing['kind'], { agents, members, tasks }: Facts): readonly Offer[] {
  switch (kind) {
    case 'slash':
      return SLASHES.map(({ name, shape, says }) => ({
        id: name,
        insert: `/${name} `,
        title: shape,
        detail: says,
      }));
    case 'task':
      return tasks
        .filter(({ status }) => status !== 'complete' && status !== 'cancelled')
        .map(({ id, key, title }) => ({ id, insert: `${key} `, title: key, detail: title }));
    case 'mention':
      return [
        ...agents.map(({ agent }) => ({
          id: agent.id,
          insert: `@${agent.handle} `,
          title: agent.name,
          detail: `${agent.owner_name}’s agent`,
          who: agent.id,
        })),
        ...members.map(({ user }) => ({
          id: user.id,
          insert: `@${user.username} `,
          title: user.display_name,
          detail: `@${user.username}`,
          who: user.id,
        })),
      ];
  }
}
