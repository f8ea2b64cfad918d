import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { UnitOfWork } from '@clawtank/events';
import { onTimeout } from '../domain/approvals.js';
import { listOverdueApprovals, roomsWithOverdueApprovals } from '../persistence/approvals.js';
import { hasOpenQuestion } from '../persistence/questions.js';
import { lockRoomById } from './access.js';
import { settleApproval } from './approvals.js';
import { ClaimClock } from './ports.js';

/** Ends approvals that nobody gave in time, as their room wants it. */
@Injectable()
export class ApprovalDeadlines {
  private readonly log = new Logger(ApprovalDeadlines.name);

  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly clock: ClaimClock,
  ) {}

  /** The deadline is looked at again under the room's lock; a room that fails keeps no other from its turn. */
  async endOverdue(): Promise<void> {
    for (const roomId of await this.database.transaction(roomsWithOverdueApprovals)) {
      try {
        await this.endIn(roomId);
      } catch (error) {
        this.log.error(`approvals of room ${roomId}: ${String(error)}`);
      }
    }
  }

  private endIn(roomId: string): Promise<void> {
    return this.work.run(async (tx) => {
      const room = await lockRoomById(tx, roomId);
      if (!room) return;
      for (const approval of await listOverdueApprovals(tx, roomId)) {
        await settleApproval(tx, approval, onTimeout(approval.kind, room.settings), null);
        const { taskId } = approval;
        if (taskId !== null && !(await hasOpenQuestion(tx, taskId))) await this.clock.release(tx, taskId);
      }
    });
  }
}
