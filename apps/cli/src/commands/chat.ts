import type { Command } from 'commander';
import type { MessageView } from '@clawtank/contracts';
import { isWhole } from '@clawtank/agent-sdk';
import type { Cli } from '../cli.js';
import { clock } from '../output/clock.js';
import type { Start } from '../start.js';
import { cliOf, given, roomOption, type RoomOption, wholeNumber } from './options.js';
import { followRoom } from './follow-room.js';

interface SendOptions extends RoomOption {
  readonly replyTo?: string;
}
interface ListOptions extends RoomOption {
  readonly limit: number;
  readonly follow?: true;
  readonly search?: string;
}

const DEFAULT_LIMIT = 20;

export function addChat(program: Command, start: Start): void {
  const chat = program.command('chat').description('what is said in a room');
  chat
    .command('send')
    .description('say something; "/task …" and "@agent …" make tasks')
    .argument('<text...>')
    .addOption(roomOption())
    .option('--reply-to <message-id>')
    .action(async (words: readonly string[], options: SendOptions, command: Command) => {
      const cli = cliOf(command, start);
      const input = {
        room_id: cli.room(options.room),
        text: words.join(' '),
        ...given({ reply_to: options.replyTo }),
      };
      const sent = await cli.rest.command('chat.send', input, cli);
      cli.out.result(sent, () => []);
    });
  chat
    .command('list', { isDefault: true })
    .description('the last messages')
    .addOption(roomOption())
    .option('-n, --limit <number>', 'how many', wholeNumber(1), DEFAULT_LIMIT)
    .option('-f, --follow', 'go on with what is said from now on')
    .option('-s, --search <words>', 'only messages that match')
    .action((options: ListOptions, command: Command) => list(cliOf(command, start), options));
}

async function list(cli: Cli, options: ListOptions): Promise<void> {
  if (options.follow) return follow(cli, options);
  const input = { room_id: cli.room(options.room), limit: options.limit, ...given({ q: options.search }) };
  const page = await cli.rest.query('messages.list', input, cli);
  cli.out.result(page, () => [...page.items].reverse().map(line));
}

async function follow(cli: Cli, options: ListOptions): Promise<void> {
  await followRoom(cli, cli.room(options.room), {
    begin: (snapshot) => {
      for (const message of snapshot.messages.slice(-options.limit))
        cli.out.result(message, () => line(message));
    },
    event: (event) => {
      if (event.type !== 'chat.message' || !isWhole(event)) return;
      cli.out.result(event, () => said(event.at, event.actor.name, event.data.text));
    },
  });
}

const line = (message: MessageView): string =>
  said(message.created_at, message.author.name, message.deleted ? '(deleted)' : message.text);

const said = (at: string, who: string, text: string): string => `${clock(at)} ${who}: ${text}`;
