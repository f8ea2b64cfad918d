import type { ApprovalResolveInput } from '@clawtank/contracts';
import { type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { enforce } from '@clawtank/kernel';
import { mayResolve } from '../../domain/approvals.js';
import { fail } from '../../domain/failures.js';
import {
  type Approval,
  countOtherPeople,
  findApproval,
  findRoomOfApproval,
} from '../../persistence/approvals.js';
import { hasOpenQuestion } from '../../persistence/questions.js';
import { enterRoom } from '../access.js';
import { settleApproval } from '../approvals.js';
import { ApprovalResolveBody } from '../inputs/member-inputs.js';
import { ClaimClock } from '../ports.js';

/** The host or the agent's owner grants or refuses what an agent asked for. */
@CommandHandler('approval.resolve', ApprovalResolveBody)
export class ResolveApproval implements Command<'approval.resolve', Approval> {
  constructor(private readonly clock: ClaimClock) {}

  async authorise({ tx, caller }: CommandContext, input: ApprovalResolveInput): Promise<Approval> {
    const roomId = await findRoomOfApproval(tx, input.approval_id, caller.userId);
    if (roomId === undefined) throw fail('approval.not_found', {});
    const { room, standing } = await enterRoom(tx, caller, roomId);
    const approval = await findApproval(tx, input.approval_id);
    if (!approval) throw fail('approval.not_found', {});
    const others = await countOtherPeople(tx, room.id, approval.ownerId);
    // Refusing is for whoever decides, also where their approval would not count.
    const review = input.verdict === 'refused' ? 'anyone' : room.settings.review;
    enforce(mayResolve(approval, caller, standing, { review, others }));
    return approval;
  }

  async run(
    { tx, caller }: CommandContext,
    { approval_id, verdict }: ApprovalResolveInput,
    approval: Approval,
  ): Promise<{ approval_id: string }> {
    if (!(await settleApproval(tx, approval, verdict, caller))) throw fail('approval.resolved', {});
    const { taskId } = approval;
    if (taskId !== null && !(await hasOpenQuestion(tx, taskId))) await this.clock.release(tx, taskId);
    return { approval_id };
  }
}
