import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Cli } from '../cli.js';
import type { GlobalOptions, Start } from '../start.js';

export interface RoomOption {
  readonly room?: string;
}

export const roomOption = (): Option =>
  new Option('-r, --room <room>', 'id or slug (CLAWTANK_ROOM, or the room created or joined last)');

/** For options that can be given several times. */
export const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** A whole number of at least `least`, else exit code 2. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`);
    }
    return value;
  };

/** What a subcommand works with, from its own and the global options. */
export const cliOf = (command: Command, start: Start): Cli => start(command.optsWithGlobals<GlobalOptions>());

/** The object without its undefined fields, as inputs of commands must be. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
