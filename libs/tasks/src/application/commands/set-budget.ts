import {
  BUDGET_MEASURES,
  BUDGET_PERIODS,
  BUDGET_SCOPES,
  type BudgetPeriod,
  type BudgetScope,
  type BudgetSetInput,
  type CommandReplyOf,
} from '@clawtank/contracts';
import {
  actorOf,
  type Command,
  type CommandContext,
  CommandHandler,
  CommandInputBase,
} from '@clawtank/commands';
import { enterRoom, type RoomAccess } from '@clawtank/rooms';
import { applyDecorators } from '@nestjs/common';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { fail } from '../../domain/failures.js';
import { deleteBudget, saveBudget } from '../../persistence/budget-rows.js';
import { budgetView } from '../budget-view.js';
import { readBudgets } from '../budgets.js';

const REF_CHARS = 200;
const MOST = 1_000_000_000_000;

const Limit = (): PropertyDecorator => applyDecorators(IsOptional(), IsInt(), Min(0), Max(MOST));

export class BudgetSetBody extends CommandInputBase implements BudgetSetInput {
  @IsString()
  @Length(1, REF_CHARS)
  room_id!: string;

  @IsIn(BUDGET_SCOPES)
  scope!: BudgetScope;

  @IsIn(BUDGET_PERIODS)
  period!: BudgetPeriod;

  @Limit()
  tasks?: number | null;

  @Limit()
  minutes?: number | null;

  @Limit()
  tokens?: number | null;

  @Limit()
  cost_cents?: number | null;
}

/** Limits what agents may take on: the host those of the room, everybody their own. Without a limit it is lifted. */
@CommandHandler('budget.set', BudgetSetBody)
export class SetBudget implements Command<'budget.set', RoomAccess> {
  async authorise({ tx, caller }: CommandContext, input: BudgetSetInput): Promise<RoomAccess> {
    const access = await enterRoom(tx, caller, input.room_id);
    if (caller.kind !== 'human') throw fail('task.people_only', {});
    if (input.scope === 'room' && access.standing !== 'host') throw fail('budget.host_only', {});
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: BudgetSetInput,
    { room }: RoomAccess,
  ): Promise<CommandReplyOf<'budget.set'>> {
    const { scope, period, tasks = null, minutes = null, tokens = null, cost_cents = null } = input;
    const ownerId = scope === 'room' ? null : caller.id;
    const limits = { tasks, minutes, tokens, cost_cents };
    const set = BUDGET_MEASURES.some((measure) => limits[measure] !== null);
    if (set) await saveBudget(tx, room.id, { ownerId, period, limits });
    else if (!(await deleteBudget(tx, room.id, ownerId))) return { budget: null };
    const data = { scope, owner_id: ownerId, set };
    tx.appendToRoom(room.id, { type: 'room.budget', actor: actorOf(caller), data });
    const [saved] = await readBudgets(tx, room.id, (budget) => budget.ownerId === ownerId);
    const owner = ownerId === null ? null : { kind: 'human' as const, id: ownerId, name: caller.name };
    return { budget: saved ? budgetView(saved, owner) : null };
  }
}
