import { randomBytes } from 'node:crypto';

/** Where a planted word goes. A stranger must find none of them anywhere. */
export const PRIVATE_FIELDS = [
  'direct_message',
  'reply_by_direct_message',
  'email_of_host',
  'email_of_member',
  'agent_detail',
  'agent_instructions',
  'progress_note',
  'hand_over_note',
  'redirect_instruction',
] as const;

export type PrivateField = (typeof PRIVATE_FIELDS)[number];

/** A different word for every private field, which occurs nowhere else. */
export type Secrets = Readonly<Record<PrivateField, string>>;

export function plantSecrets(): Secrets {
  const word = (): string => `planted${randomBytes(6).toString('hex')}`;
  return Object.fromEntries(PRIVATE_FIELDS.map((field) => [field, word()])) as Record<PrivateField, string>;
}

/** How often any of the words occurs in what somebody got. */
export function countLeaks(words: readonly string[], seen: readonly string[]): number {
  const haystack = seen.join('\n').toLowerCase();
  return words.filter((word) => haystack.includes(word.toLowerCase())).length;
}
