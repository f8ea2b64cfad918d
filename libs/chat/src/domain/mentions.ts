import type { Principal } from '@clawtank/contracts';
import { withoutCode } from './code-ranges.js';

/** Somebody who can be mentioned: a person by user name, an agent by handle. */
export interface Mentionable extends Principal {
  readonly handle: string;
}

/**
 * `@` and a handle. Not one when it continues a word, an address or a path (`ada@example.org`, `x/@ada`), nor
 * when it goes on as one (`@types/node`, `@example.org`, `@ada@elsewhere`).
 */
const MENTION =
  /(?<![\p{L}\p{N}\p{M}/@\\]|[\p{L}\p{N}][_+%-])@([a-z0-9](?:[a-z0-9_-]{0,30}[a-z0-9])?)(?![\p{L}\p{N}\p{M}@]|[./][\p{L}\p{N}])/giu;

/** The handles that the text mentions outside of code, in lower case, each once, in the order they appear. */
export function mentionedHandles(text: string): readonly string[] {
  const handles = [...withoutCode(text).matchAll(MENTION)].map((match) => (match[1] ?? '').toLowerCase());
  return [...new Set(handles)];
}

/** Those of the room's people and agents that the text mentions; a handle that nobody has is plain text. */
export function resolveMentions(text: string, present: readonly Mentionable[]): readonly Principal[] {
  const byHandle = new Map(present.map((principal) => [principal.handle.toLowerCase(), principal]));
  return mentionedHandles(text).flatMap((handle) => {
    const found = byHandle.get(handle);
    return found ? [{ kind: found.kind, id: found.id, name: found.name }] : [];
  });
}
