import type { Command } from 'commander';
import type { TaskSuggestionView } from '@clawtank/contracts';
import type { Cli } from '../../cli.js';
import { table } from '../../output/table.js';
import type { Start } from '../../start.js';
import { CliError } from '../../usage-error.js';
import { cliOf, given, roomOption, type RoomOption } from '../options.js';

interface AcceptOptions extends RoomOption {
  readonly title?: string;
  readonly description?: string;
}

export function addSuggestions(tasks: Command, start: Start): void {
  tasks
    .command('suggestions')
    .description('tasks that the chat seems to ask for')
    .addOption(roomOption())
    .action(async (options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const items = await listSuggestions(cli, cli.room(options.room));
      cli.out.result({ items }, () =>
        items.length === 0 ? 'No suggestions.' : table(items.map(suggestionRow)),
      );
    });
  tasks
    .command('accept')
    .description('make a suggestion a task')
    .argument('<suggestion>', 'its id, the beginning of it, or `last`')
    .addOption(roomOption())
    .option('--title <text>')
    .option('-d, --description <text>')
    .action(async (text: string, options: AcceptOptions, command: Command) => {
      const cli = cliOf(command, start);
      const room_id = cli.room(options.room);
      const suggestion_id = await findSuggestion(cli, room_id, text);
      const { title, description } = options;
      const made = await cli.rest.command(
        'task.accept',
        { room_id, suggestion_id, ...given({ title, description }) },
        cli,
      );
      cli.out.result(made, () => `${made.task.key} ${made.task.title} (${made.task.status})`);
    });
  tasks
    .command('dismiss')
    .description('dismiss a suggestion')
    .argument('<suggestion>', 'its id, the beginning of it, or `last`')
    .addOption(roomOption())
    .action(async (text: string, options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const room_id = cli.room(options.room);
      const suggestion_id = await findSuggestion(cli, room_id, text);
      const done = await cli.rest.command('task.dismiss', { room_id, suggestion_id }, cli);
      cli.out.result(done, () => 'Dismissed.');
    });
}

const suggestionRow = (one: TaskSuggestionView): string[] => [
  one.id,
  one.priority,
  `${Math.round(one.confidence * 100)} %`,
  one.deadline ?? '',
  one.title,
];

async function listSuggestions(cli: Cli, room_id: string): Promise<readonly TaskSuggestionView[]> {
  return (await cli.rest.query('suggestions.list', { room_id }, cli)).items;
}

async function findSuggestion(cli: Cli, room: string, text: string): Promise<string> {
  const items = await listSuggestions(cli, room);
  const newest = [...items].sort((a, b) => (a.created_at < b.created_at ? -1 : 1)).at(-1);
  const found = text === 'last' ? newest : items.find((one) => one.id.startsWith(text));
  if (found) return found.id;
  throw new CliError('suggestion.not_found', `There is no suggestion ${text} in ${room}`);
}
