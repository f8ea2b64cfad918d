import { randomBytes } from 'node:crypto';
import type { Tx } from '@clawtank/database';

type Queryable = Pick<Tx, 'query'>;

/** A secret that all nodes of a server share: the first that asks makes it. */
export async function serverSecret(tx: Queryable, name: string): Promise<string> {
  await tx.query('INSERT INTO server_secrets (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    name,
    randomBytes(32).toString('base64url'),
  ]);
  const rows = await tx.query<{ value: string }>('SELECT value FROM server_secrets WHERE name = $1', [name]);
  return rows[0]?.value ?? '';
}
