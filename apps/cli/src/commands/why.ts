import type { Command } from 'commander';
import type {
  AgentMatchView,
  AgentWhyView,
  HindranceView,
  TaskMatchView,
  TaskState,
  TaskWhyView,
} from '@clawtank/contracts';
import type { Start } from '../start.js';
import { cliOf, roomOption, type RoomOption } from './options.js';
import { findPrincipal } from './principals.js';
import { findTask } from './tasks/find-task.js';

export function addWhy(program: Command, start: Start): void {
  program
    .command('why')
    .description('why nobody is on a task, or why an agent is on nothing')
    .argument('<task or @agent>', 'T-12, or an agent as @handle')
    .addOption(roomOption())
    .action(async (text: string, options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const room_id = cli.room(options.room);
      if (text.startsWith('@')) {
        const { id: agent_id } = await findPrincipal(cli, room_id, text);
        const why = await cli.rest.query('room_agents.why', { room_id, agent_id }, cli);
        cli.out.result(why, () => agentLines(why));
        return;
      }
      const { id: task_id } = await findTask(cli, room_id, text);
      const why = await cli.rest.query('tasks.why', { task_id }, cli);
      cli.out.result(why, () => taskLines(why));
    });
}

/** `T-2 is …`. */
const IS: Readonly<Record<TaskState, string>> = {
  open: 'open',
  claimed: 'claimed',
  in_progress: 'in progress',
  review: 'in review',
  blocked: 'blocked',
  complete: 'complete',
  cancelled: 'cancelled',
};

/** Why nobody is on a task, for people. */
export const taskLines = (why: TaskWhyView): string[] => [
  why.hindrances.some(({ code }) => code === 'closed')
    ? `${why.key} is ${IS[why.status]}.`
    : `${why.key} is ${IS[why.status]}. ${why.answer}`,
  ...why.agents.map((match) => `  ${line(match.agent.name, match)}`),
];

const agentLines = (why: AgentWhyView): string[] => [
  why.answer,
  ...why.tasks.map((match) => `  ${String(match.rank)}. ${line(match.key, match)}`),
];

const percent = (score: number): string => `${String(Math.round(score * 100))} %`;

function line(name: string, match: AgentMatchView | TaskMatchView): string {
  const asked = match.asked_at === null ? [] : [`asked ${match.asked_at}`];
  const declined =
    match.declined_at === null ? [] : [`declined${match.decline_reason ? `: ${match.decline_reason}` : ''}`];
  const kept = match.hindrances.map(keeps);
  return [`${name} ${percent(match.score)}`, match.reasons.join('; '), ...asked, ...declined, ...kept].join(
    ' | ',
  );
}

const keeps = ({ text, until }: HindranceView): string =>
  until === null ? text : `${text} (until ${until})`;
