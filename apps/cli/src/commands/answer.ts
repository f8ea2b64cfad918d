import type { Command } from 'commander';
import type { QuestionView } from '@clawtank/contracts';
import type { Start } from '../start.js';
import { cliOf, roomOption, type RoomOption } from './options.js';

export function addAnswer(program: Command, start: Start): void {
  program
    .command('answer')
    .description("answer an agent's question, or without one list those that are open")
    .argument('[question-id]')
    .argument('[text...]')
    .addOption(roomOption())
    .action(
      async (id: string | undefined, words: readonly string[], options: RoomOption, command: Command) => {
        const cli = cliOf(command, start);
        if (id !== undefined && words.length > 0) {
          const done = await cli.rest.command(
            'agent.answer',
            { question_id: id, answer: words.join(' ') },
            cli,
          );
          return cli.out.result(done, () => []);
        }
        const page = await cli.rest.query('questions.list', { room_id: cli.room(options.room) }, cli);
        const items = page.items.filter((question) => question.answer === null);
        cli.out.result({ items }, () => (items.length > 0 ? items.map(line) : 'No open questions.'));
      },
    );
}

const line = ({ question_id, text, options }: QuestionView): string =>
  `${question_id}  ${text}${options.length > 0 ? ` [${options.join(' | ')}]` : ''}`;
