import { parseMessage } from './domain/parse-message.js';

/** One line of `pnpm parse`: a message and what was captured from it. */
export interface ParsedLine {
  readonly id: string;
  readonly tasks: readonly {
    readonly title: string;
    readonly mentions: readonly string[];
    readonly priority: string;
    readonly paths: readonly string[];
    readonly depends_on: readonly string[];
  }[];
}

/**
 * The tasks of one line `{id, text, context?}`.
 * @throws an error in words when the line is no such message
 */
export function parseLine(line: string): ParsedLine {
  const message = readMessage(line);
  return {
    id: message.id,
    tasks: parseMessage(message.text, { context: message.context }).map((ask) => ({
      title: ask.title,
      mentions: ask.handles,
      priority: ask.priority,
      paths: ask.paths,
      depends_on: ask.dependsOn,
    })),
  };
}

function readMessage(line: string): { id: string; text: string; context: string | undefined } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Error(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object');
  const { id, text, context } = value as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') throw new Error('"id" must be a string that is not empty');
  if (typeof text !== 'string') throw new Error('"text" must be a string');
  if (context !== undefined && context !== null && typeof context !== 'string')
    throw new Error('"context" must be a string where there is one');
  return { id, text, context: context ?? undefined };
}
