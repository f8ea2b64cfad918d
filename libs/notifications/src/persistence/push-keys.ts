import type { Tx } from '@clawtank/database';
import { makePushKeys, type PushKeys } from '../domain/push-keys.js';

type Queryable = Pick<Tx, 'query'>;

interface KeyRow {
  readonly public_key: string;
  readonly private_key: string;
}

async function readPushKeys(tx: Queryable): Promise<PushKeys | undefined> {
  const [row] = await tx.query<KeyRow>('SELECT public_key, private_key FROM push_keys');
  return row && { publicKey: row.public_key, privateKey: row.private_key };
}

/** The keys of this server: the first node that asks makes them, for all and for good. */
export async function serverPushKeys(tx: Queryable): Promise<PushKeys> {
  const kept = await readPushKeys(tx);
  if (kept) return kept;
  const made = makePushKeys();
  await tx.query('INSERT INTO push_keys (public_key, private_key) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    made.publicKey,
    made.privateKey,
  ]);
  return (await readPushKeys(tx)) ?? made;
}
