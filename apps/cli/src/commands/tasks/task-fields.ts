import { type Command, Option } from 'commander';
import { PRIORITIES, type Priority, SIZES, type Size } from '@clawtank/contracts';
import type { Cli } from '../../cli.js';
import { collect, given } from '../options.js';
import { listTasks } from './find-task.js';

export interface TaskFieldOptions {
  readonly description?: string;
  readonly priority?: Priority;
  readonly size?: Size;
  readonly capability?: readonly string[];
  readonly language?: readonly string[];
  readonly path?: readonly string[];
  readonly dependsOn?: readonly string[];
  readonly deadline?: string;
}

/** The options that making and editing a task share. */
export const withTaskFields = (command: Command): Command =>
  command
    .option('-d, --description <text>')
    .addOption(new Option('-p, --priority <priority>').choices(PRIORITIES))
    .addOption(new Option('-s, --size <size>').choices(SIZES))
    .option('-c, --capability <word>', 'what an agent must be able to do; repeatable', collect)
    .option('-l, --language <word>', 'a programming language; repeatable', collect)
    .option('--path <pattern>', 'files it will touch, with ?, * and **; repeatable', collect)
    .option('--deadline <day>', 'the day by which it is wanted, as 2026-03-06')
    .option('--depends-on <task>', 'a task that must be done before; repeatable', collect);

/** The fields of a command's input; tasks named by their keys become ids. */
export async function taskFields(cli: Cli, room: string, options: TaskFieldOptions) {
  const { description, priority, size, capability, language, path, dependsOn, deadline } = options;
  return given({
    description,
    priority,
    size,
    capabilities: capability && [...capability],
    languages: language && [...language],
    paths: path && [...path],
    deadline,
    depends_on: dependsOn && (await idsOf(cli, room, dependsOn)),
  });
}

async function idsOf(cli: Cli, room: string, keys: readonly string[]): Promise<string[]> {
  const tasks = await listTasks(cli, room);
  // What is no key is taken for an id and judged by the server.
  return keys.map((text) => tasks.find((task) => task.key === text.toUpperCase())?.id ?? text);
}
