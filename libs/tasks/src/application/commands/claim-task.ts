import type { CommandReplyOf, TaskClaimInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { LogTx } from '@clawtank/events';
import { enforce, invariant } from '@clawtank/kernel';
import { mayTakeWork } from '@clawtank/rooms';
import { liveClaimOf } from '../../domain/task.js';
import { listLeases, leaseView } from '../../persistence/lease-rows.js';
import { issueCredential } from '../credentials.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { requireFreeHands } from '../require-free-hands.js';
import { soundPatterns } from '../sound-patterns.js';
import { leasePaths, type Taken, takeTask } from '../take-task.js';
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
  const { kind, id, name, userId } = caller;
  const claimant = { kind, id, name, userId };
  const taking = { room, task, claimant, trigger: 'claim', actor: actorOf(caller) } as const;
  return takeTask(tx, {
    ...taking,
    patterns: soundPatterns(input.paths ?? task.paths),
    check: () => requireFreeHands(tx, room.id, claimant),
  });
}

async function claimAgain(
  { tx, caller }: CommandContext,
  input: TaskClaimInput,
  { room, task }: TaskAccess,
): Promise<Omit<Taken, 'fence'>> {
  const { leases, warnings } = input.paths
    ? await leasePaths(tx, room, task, soundPatterns(input.paths), actorOf(caller))
    : { leases: await heldBy(tx, room.id, task.id), warnings: [] };
  return { task, leases, warnings };
}

const heldBy = async (tx: LogTx, roomId: string, taskId: string): Promise<Taken['leases']> =>
  (await listLeases(tx, roomId, taskId)).map(leaseView);
