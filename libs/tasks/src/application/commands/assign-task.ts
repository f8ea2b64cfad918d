import type { CommandReplyOf, TaskAssignInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { findAgent } from '@clawtank/auth';
import type { LogTx } from '@clawtank/events';
import { enforce } from '@clawtank/kernel';
import { mayTakeWork, principalsOf } from '@clawtank/rooms';
import { IsUUID } from 'class-validator';
import { fail } from '../../domain/failures.js';
import type { Claimant } from '../../domain/task.js';
import { mayAssign } from '../../domain/task-policies.js';
import { requireBudget } from '../budgets.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { wantedPaths } from '../grant-leases.js';
import { requireFreeHands } from '../require-free-hands.js';
import { takeTask } from '../take-task.js';
import { taskView } from '../task-view.js';
import { TaskBody } from './bodies.js';

export class TaskAssignBody extends TaskBody implements TaskAssignInput {
  @IsUUID()
  assignee_id!: string;
}

/** Makes a claim for somebody else, who fetches its git credential with `task.claim`. */
@CommandHandler('task.assign', TaskAssignBody)
export class AssignTask implements Command<'task.assign', TaskAccess> {
  async authorise({ tx, caller }: CommandContext, input: TaskAssignInput): Promise<TaskAccess> {
    const access = await enterTask(tx, caller, input.task_id);
    if (caller.kind !== 'human') throw fail('task.people_only', {});
    return access;
  }

  async run(
    { tx, caller }: CommandContext,
    input: TaskAssignInput,
    { room, task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.assign'>> {
    enforce(mayTakeWork(room));
    enforce(mayAssign(room, caller));
    const claimant = await findAssignee(tx, room.id, input.assignee_id);
    const { task: after, fence } = await takeTask(tx, {
      room,
      task,
      claimant,
      trigger: 'assign',
      actor: actorOf(caller),
      wanted: await wantedPaths(tx, task),
      check: async () => {
        await requireFreeHands(tx, room.id, claimant);
        await requireBudget(tx, room.id, claimant);
      },
    });
    return { task: taskView(after), fence };
  }
}

async function findAssignee(tx: LogTx, roomId: string, id: string): Promise<Claimant> {
  const found = (await principalsOf(tx, roomId)).find((principal) => principal.id === id);
  if (!found) throw fail('task.no_such_assignee', {});
  const { kind, name } = found;
  if (kind === 'human') return { kind, id, name, userId: id };
  const agent = await findAgent(tx, id);
  if (!agent) throw fail('task.no_such_assignee', {});
  return { kind, id, name, userId: agent.owner_id };
}
