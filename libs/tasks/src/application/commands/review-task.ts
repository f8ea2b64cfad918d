import { type CommandReplyOf, LIMITS, type TaskReviewInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler, OptionalText } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { requireReviewer } from '@clawtank/rooms';
import { IsIn } from 'class-validator';
import { liveClaimOf } from '../../domain/task.js';
import { mayReview } from '../../domain/task-policies.js';
import { enterTask, type TaskAccess } from '../enter-task.js';
import { stepTask, touchTask } from '../step-task.js';
import { taskView } from '../task-view.js';
import { TaskBody } from './bodies.js';

export class TaskReviewBody extends TaskBody implements TaskReviewInput {
  @IsIn(['approve', 'request_changes'])
  verdict!: 'approve' | 'request_changes';

  @OptionalText(LIMITS.MESSAGE_BYTES)
  comment?: string;
}

/** Reviews work that has no pull request; one that has is reviewed there. */
@CommandHandler('task.review', TaskReviewBody)
export class ReviewTask implements Command<'task.review', TaskAccess> {
  authorise({ tx, caller }: CommandContext, input: TaskReviewInput): Promise<TaskAccess> {
    return enterTask(tx, caller, input.task_id);
  }

  async run(
    { tx, caller }: CommandContext,
    input: TaskReviewInput,
    { room, task }: TaskAccess,
  ): Promise<CommandReplyOf<'task.review'>> {
    enforce(mayReview(task));
    const claim = liveClaimOf(task);
    if (claim) await requireReviewer(tx, room, claim.claimant, caller, input.verdict);
    const said = { actor: actorOf(caller), extras: { comment: input.comment ?? null } };
    if (input.verdict === 'approve') {
      const patch = { approved_fence: task.claim?.fence ?? null };
      return { task: taskView(await touchTask(tx, task, { change: 'approved', patch, ...said })) };
    }
    const patch = { approved_fence: null };
    const step = { trigger: 'request_changes', change: 'changes_requested', patch, ...said } as const;
    return { task: taskView(await stepTask(tx, task, step)) };
  }
}
