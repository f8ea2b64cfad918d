import type { IconName } from '../ui/icons';

/** A piece of a sentence: a name stands out, code is mono, lines added and removed have their colours. */
export interface Part {
  readonly text: string;
  readonly as?: 'strong' | 'code' | 'add' | 'del';
}

/** One line of a room's story. */
export interface Sentence {
  readonly icon: IconName;
  readonly tone: 'plain' | 'success' | 'danger' | 'warning' | 'agent';
  readonly parts: readonly Part[];
  /** It belongs between the messages of the chat; the rest is for the activity list. */
  readonly main: boolean;
}

export const strong = (text: string): Part => ({ text, as: 'strong' });
export const plain = (text: string): Part => ({ text });
export const code = (text: string): Part => ({ text, as: 'code' });

export function say(icon: IconName, parts: readonly Part[], how: Partial<Sentence> = {}): Sentence {
  return { icon, parts, tone: 'plain', main: true, ...how };
}

export const aside = { main: false } as const;

/** `a`, `a and b`, `a, b and 2 more`. */
export function listed(names: readonly string[], most = 2): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}
