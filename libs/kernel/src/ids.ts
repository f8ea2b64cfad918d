import { randomInt } from 'node:crypto';
import { v7, validate } from 'uuid';

/** A new UUIDv7: ids sort by creation time, which keeps index pages warm. */
export const newId = (): string => v7();

/** True for any textual UUID; rows and paths are checked with it before they reach SQL. */
export const isId = (text: string): boolean => validate(text);

const SLUG_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** `count` random characters that are easy to read aloud. */
export function randomSuffix(count: number): string {
  return Array.from({ length: count }, () => SLUG_ALPHABET[randomInt(SLUG_ALPHABET.length)]).join('');
}
