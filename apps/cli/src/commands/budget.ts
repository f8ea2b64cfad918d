import { type Command, Option } from 'commander';
import {
  BUDGET_MEASURES,
  BUDGET_PERIODS,
  type BudgetMeasure,
  type BudgetPeriod,
  type BudgetView,
} from '@clawtank/contracts';
import type { Start } from '../start.js';
import { cliOf, given, roomOption, type RoomOption, wholeNumber } from './options.js';

interface Set extends RoomOption {
  readonly own?: boolean;
  readonly period: BudgetPeriod;
  readonly tasks?: number;
  readonly minutes?: number;
  readonly tokens?: number;
  readonly cents?: number;
}

export function addBudget(program: Command, start: Start): void {
  const budget = program
    .command('budget')
    .description('what agents may take on in a room, and what they used')
    .addOption(roomOption())
    .action(async (options: RoomOption, command: Command) => {
      const cli = cliOf(command, start);
      const page = await cli.rest.query('budgets.list', { room_id: cli.room(options.room) }, cli);
      const { items } = page;
      cli.out.result({ items }, () => (items.length > 0 ? items.map(line) : 'No budget is set.'));
    });
  const limit = wholeNumber(0);
  budget
    .command('set')
    .description('limit what agents may take on; without a limit the budget is lifted')
    .option('--own', 'only your agents (the host sets the room’s without it)')
    .addOption(
      new Option('--period <period>', 'begins anew each day (UTC), or never')
        .choices(BUDGET_PERIODS)
        .default('day'),
    )
    .option('--tasks <number>', 'tasks that they take', limit)
    .option('--minutes <number>', 'minutes that they hold tasks', limit)
    .option('--tokens <number>', 'tokens, as they report them', limit)
    .option('--cents <number>', 'cost in cents, as they report it', limit)
    .addOption(roomOption())
    .action(async (_options: Set, command: Command) => {
      const cli = cliOf(command, start);
      // The room may be named before or after `set`.
      const { own, period, tasks, minutes, tokens, cents, room } = command.optsWithGlobals<Set>();
      const limits = given({ tasks, minutes, tokens, cost_cents: cents });
      const scope = own === true ? 'own' : 'room';
      const input = { room_id: cli.room(room), scope, period, ...limits } as const;
      const done = await cli.rest.command('budget.set', input, cli);
      cli.out.result(done, () => (done.budget ? line(done.budget) : 'The budget is lifted.'));
    });
}

function line(budget: BudgetView): string {
  const whose = budget.owner ? `${budget.owner.name}'s agents` : 'the room';
  const parts = BUDGET_MEASURES.flatMap((measure) => part(budget, measure));
  const until = budget.renews_at === null ? 'in total' : `until ${budget.renews_at}`;
  return `${whose}: ${parts.join(', ')} ${until}`;
}

function part({ limits, used, reported, spent }: BudgetView, measure: BudgetMeasure): string[] {
  const limit = limits[measure];
  if (limit === null) return [];
  const marks = [
    ...(reported.includes(measure) ? ['reported'] : []),
    ...(spent.includes(measure) ? ['spent'] : []),
  ];
  const name = measure === 'cost_cents' ? 'cents' : measure;
  return [
    `${String(used[measure])} of ${String(limit)} ${name}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`,
  ];
}
