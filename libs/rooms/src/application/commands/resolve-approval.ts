import type { ApprovalResolveInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { fail } from '../../domain/failures.js';
import type { RoomAccess } from '../../domain/room.js';
import { findRoomOfApproval, resolveApproval } from '../../persistence/approvals.js';
import { enterRoom } from '../access.js';
import { ApprovalResolveBody } from '../inputs/member-inputs.js';

/** The host grants or refuses what was asked for. */
@CommandHandler('approval.resolve', ApprovalResolveBody)
export class ResolveApproval implements Command<'approval.resolve', RoomAccess> {
  async authorise({ tx, caller }: CommandContext, input: ApprovalResolveInput): Promise<RoomAccess> {
    const roomId = await findRoomOfApproval(tx, input.approval_id, caller.userId);
    if (roomId === undefined) throw fail('approval.not_found', {});
    return enterRoom(tx, caller, roomId, { standing: 'host' });
  }

  async run(
    { tx, caller }: CommandContext,
    { approval_id, verdict }: ApprovalResolveInput,
    { room }: RoomAccess,
  ): Promise<{ approval_id: string }> {
    if (!(await resolveApproval(tx, approval_id, verdict, caller.id))) throw fail('approval.resolved', {});
    const data = { approval_id, verdict };
    tx.appendToRoom(room.id, { type: 'approval.resolved', actor: actorOf(caller), data });
    return { approval_id };
  }
}
