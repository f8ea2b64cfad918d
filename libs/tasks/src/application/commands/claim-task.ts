import type { CommandReplyOf, TaskClaimInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { LogTx } from '@clawtank/events';
import { enforce, invariant } from '@clawtank/kernel';
import { mayTakeWork } from '@clawtank/rooms';
import { liveClaimOf } from '../../domain/task.js';
import { mayBeClaimed } from '../../domain/task-policies.js';
import { listLeases, leaseView } from '../../persistence/lease-rows.js';
import { issueCredential } from '../credentials.js';
import { requireBudget } from '../budgets.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { waitSentence, wantedPaths } from '../grant-leases.js';
import { requireFreeHands } from '../require-free-hands.js';
import { requireClaimApproval } from '../require-approval.js';
import { requireTurn } from '../require-turn.js';
import { leaseMore, type Taken, takeTask } from '../take-task.js';
import { taskView } from '../task-view.js';
import { Paths, TaskBody } from './bodies.js';

export class TaskClaimBody extends TaskBody implements TaskClaimInput {
  @Paths()
  paths?: string[];
}

/**
 * Claims an open task. Whoever holds the task already gets its claim again, with a new git password: the way an
 * agent comes by the credential of a task that was assigned to it, or of one it claimed before it lost its memory.
 */
@CommandHandler('task.claim', TaskClaimBody, { secretReply: true })
export class ClaimTask implements Command<'task.claim', TaskAccess> {
  authorise({ tx, caller }: CommandContext, input: TaskClaimInput): Promise<TaskAccess> {
    return enterTask(tx, caller, input.task_id);
  }

  async run(
    context: CommandContext,
    input: TaskClaimInput,
    access: TaskAccess,
  ): Promise<CommandReplyOf<'task.claim'>> {
    enforce(mayTakeWork(access.room));
    const holds = liveClaimOf(access.task)?.claimant.id === context.caller.id;
    const taken = holds ? await claimAgain(context, input, access) : await claim(context, input, access);
    const live = liveClaimOf(taken.task);
    invariant(live, `${taken.task.key} was claimed and has no claim`);
    return {
      task: taskView(taken.task),
      fence: live.fence,
      branch: live.branch,
      base_branch: live.baseBranch,
      leases: taken.leases,
      warnings: taken.warnings,
      git_credential: await issueCredential(context.tx, access.room, taken.task, live.fence),
    };
  }
}

async function claim(
  { tx, caller }: CommandContext,
  input: TaskClaimInput,
  { room, task }: TaskAccess,
): Promise<Taken> {
  // Whoever comes too late asks nothing more: of many who race for a task, all but one do.
  enforce(mayBeClaimed(task));
  const { kind, id, name, userId } = caller;
  const claimant = { kind, id, name, userId };
  const taking = { room, task, claimant, trigger: 'claim', actor: actorOf(caller) } as const;
  return takeTask(tx, {
    ...taking,
    wanted: await wantedPaths(tx, task, input.paths),
    check: async () => {
      await requireFreeHands(tx, room.id, claimant);
      await requireBudget(tx, room.id, claimant);
      await requireTurn(tx, room, task, claimant);
      await requireClaimApproval(tx, room, task, claimant);
    },
  });
}

async function claimAgain(
  { tx, caller }: CommandContext,
  input: TaskClaimInput,
  { room, task }: TaskAccess,
): Promise<Omit<Taken, 'fence'>> {
  const waits = task.blockers.paths?.waits_for ?? [];
  const { leases, warnings } =
    input.paths && waits.length === 0
      ? await leaseMore(tx, room, task, input.paths, actorOf(caller))
      : {
          leases: await heldBy(tx, room.id, task.id),
          warnings: waits.map((wait) => waitSentence(task.key, wait)),
        };
  return { task, leases, warnings };
}

const heldBy = async (tx: LogTx, roomId: string, taskId: string): Promise<Taken['leases']> =>
  (await listLeases(tx, roomId, taskId)).map(leaseView);
