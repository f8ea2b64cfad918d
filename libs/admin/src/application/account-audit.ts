import { type AccountAct, AccountAudit } from '@clawtank/auth';
import type { Tx } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import { Injectable } from '@nestjs/common';
import { insertAuditEntry } from '../persistence/audit-log.js';

/** Puts into the audit log what people change about the ways into their own account. */
@Injectable()
export class AdminAccountAudit extends AccountAudit {
  override async record(tx: Tx, act: AccountAct): Promise<void> {
    const { userId, name, address, requestId, action, details } = act;
    await insertAuditEntry(tx, {
      id: newId(),
      actor_id: userId,
      actor_name: name,
      address,
      request_id: requestId,
      action,
      target_kind: 'user',
      target_id: userId,
      details,
    });
  }
}
