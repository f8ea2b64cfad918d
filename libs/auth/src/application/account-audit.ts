import type { Tx } from '@clawtank/database';

export interface AccountAct {
  readonly userId: string;
  readonly name: string;
  readonly address: string;
  readonly requestId: string;
  readonly action: 'identity.linked' | 'identity.unlinked';
  /** For who reads the audit log; nothing secret. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Where it is put on record how accounts can be entered; inside the transaction that changes it. */
export abstract class AccountAudit {
  abstract record(tx: Tx, act: AccountAct): Promise<void>;
}
