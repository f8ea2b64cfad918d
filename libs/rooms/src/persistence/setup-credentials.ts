import { createHash, timingSafeEqual } from 'node:crypto';
import type { Tx } from '@clawtank/database';

const hash = (password: string): Buffer => createHash('sha256').update(password).digest();

/** Keeps the hash of the one password that may push a new room's first branches; replaces an earlier one. */
export async function saveSetupCredential(tx: Tx, roomId: string, password: string): Promise<void> {
  await tx.execute(
    `INSERT INTO room_setup_credentials (room_id, password_hash) VALUES ($1, $2)
     ON CONFLICT (room_id) DO UPDATE SET password_hash = excluded.password_hash, created_at = now()`,
    [roomId, hash(password)],
  );
}

/**
 * The room that this password may push first heads to: only while the room is being set up.
 * @returns undefined for a wrong password and for a room that is set up
 */
export async function findSetupCredential(
  tx: Tx,
  slug: string,
  password: string,
): Promise<{ roomId: string } | undefined> {
  const rows = await tx.query<{ room_id: string; password_hash: Buffer }>(
    `SELECT c.room_id, c.password_hash FROM room_setup_credentials c JOIN rooms r ON r.id = c.room_id
     WHERE r.slug = $1 AND r.state = 'initializing'`,
    [slug],
  );
  const row = rows[0];
  return row && timingSafeEqual(row.password_hash, hash(password)) ? { roomId: row.room_id } : undefined;
}
