import { createHash } from 'node:crypto';

/** A statement that each connection parses and plans once. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

const NAME_CHARS = 16;

/**
 * Prepares a statement whose text never changes. For those that run with every command: what a plan costs is more
 * than what they do. The columns that it answers with are named, never `*`.
 */
export function prepared(text: string): Prepared {
  return { name: `s${createHash('sha256').update(text).digest('hex').slice(0, NAME_CHARS)}`, text };
}

export type Statement = string | Prepared;

export const textOf = (statement: Statement): string =>
  typeof statement === 'string' ? statement : statement.text;
