import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@clawtank/database';
import { hashToken } from '../domain/agent-token.js';
import { fail } from '../domain/failures.js';
import { serverSecret } from '../persistence/secrets.js';

/** Guards the first account against a stranger who reaches a fresh server before its owner does. */
@Injectable()
export class SetupCode {
  constructor(private readonly database: Database) {}

  /** The code to print at start, or null once there is an account. */
  async pending(): Promise<string | null> {
    const users = await this.database.query('SELECT 1 FROM users LIMIT 1');
    return users.length > 0 ? null : serverSecret(this.database, 'setup_code');
  }

  /** @throws auth.setup_code */
  async check(tx: Tx, given: string | undefined): Promise<void> {
    const expected = await serverSecret(tx, 'setup_code');
    if (!timingSafeEqual(hashToken(given ?? ''), hashToken(expected))) throw fail('auth.setup_code', {});
  }
}
