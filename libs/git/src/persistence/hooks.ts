import { defineMigration, type Tx } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import type { WebhookProvider } from '../domain/webhook-provider.js';

/** A webhook that a host was told of, for one repository. */
export interface Hook {
  readonly id: string;
  readonly roomId: string;
  readonly provider: WebhookProvider;
  /** False where the host can't sign and sends the secret along. */
  readonly signed: boolean;
  readonly generation: number;
  /** The secret before the present one counts too. */
  readonly overlaps: boolean;
}

/** Deliveries that are under way, or repeated, when a secret changes are still signed with the one before. */
const OVERLAP = "interval '1 day'";

interface Row {
  id: string;
  room_id: string;
  provider: WebhookProvider;
  signed: boolean;
  generation: number;
  overlaps: boolean;
}

const COLUMNS = `id, room_id, provider, signed, generation, coalesce(rotated_at > now() - ${OVERLAP}, false) AS overlaps`;

const toHook = (row: Row): Hook => ({
  id: row.id,
  roomId: row.room_id,
  provider: row.provider,
  signed: row.signed,
  generation: row.generation,
  overlaps: row.overlaps,
});

export async function findHook(tx: Pick<Tx, 'query'>, id: string): Promise<Hook | undefined> {
  const rows = await tx.query<Row & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM git_hooks WHERE id = $1`,
    [id],
  );
  return rows[0] && toHook(rows[0]);
}

/** How far the setting up of webhooks has come, and what is to be taken back at hosts for rooms that are gone. */
export const hookWorkMigration = defineMigration(
  'GitHookWork1700000016100',
  `
  ALTER TABLE git_hooks
    -- The host's own id of it; null until we have heard that it is there.
    ADD COLUMN host_hook_id text,
    -- The address that the host was told of; null while the webhook is to be made, or set up again.
    ADD COLUMN url text,
    ADD COLUMN attempts int NOT NULL DEFAULT 0,
    -- Until then nobody takes it up: another is at it, or it failed and waits for another try.
    ADD COLUMN try_at timestamptz NOT NULL DEFAULT now();
  CREATE TABLE git_hook_removals (
    hook_id uuid PRIMARY KEY,
    -- No foreign key: the room is gone.
    room_id uuid NOT NULL UNIQUE,
    provider text NOT NULL CHECK (provider IN ('github', 'gitlab')),
    full_name text NOT NULL,
    -- The room's own token, sealed as ever; it goes with the row.
    sealed text CHECK (sealed LIKE 'v1.%'),
    attempts int NOT NULL DEFAULT 0,
    asked_at timestamptz NOT NULL DEFAULT now(),
    try_at timestamptz NOT NULL
  );`,
  `
  DROP TABLE git_hook_removals;
  ALTER TABLE git_hooks DROP COLUMN host_hook_id, DROP COLUMN url, DROP COLUMN attempts, DROP COLUMN try_at;`,
);

/** A webhook that its host is to be told of. */
export interface WantedHook extends Hook {
  /** The one there from before, under another address perhaps. */
  readonly hostHookId: string | null;
  readonly attempts: number;
}

/** Writes down the webhooks that rooms of a host should have and don't. */
export async function addMissingHooks(tx: Tx, provider: WebhookProvider): Promise<void> {
  const rooms = await tx.query<{ room_id: string }>(
    `SELECT room_id FROM git_repositories g WHERE host = $1 AND state = 'ready'
       AND NOT EXISTS (SELECT 1 FROM git_hooks h WHERE h.room_id = g.room_id AND h.provider = $1)
     ORDER BY room_id FOR KEY SHARE`,
    [provider],
  );
  for (const { room_id: roomId } of rooms) {
    await tx.execute(
      'INSERT INTO git_hooks (id, room_id, provider) VALUES ($1, $2, $3) ON CONFLICT (room_id, provider) DO NOTHING',
      [newId(), roomId, provider],
    );
  }
}

/** Takes up a webhook that its host knows by no address, or by another than the present one, for `seconds`. */
export async function takeHook(
  tx: Tx,
  {
    provider,
    base,
    seconds,
  }: { readonly provider: WebhookProvider; readonly base: string; readonly seconds: number },
): Promise<WantedHook | undefined> {
  const rows = await tx.query<
    Row & { host_hook_id: string | null; attempts: number } & Record<string, unknown>
  >(
    `UPDATE git_hooks SET try_at = now() + make_interval(secs => $3)
     WHERE id = (SELECT id FROM git_hooks
       WHERE provider = $1 AND url IS DISTINCT FROM $2 || '/webhooks/' || provider || '/' || id AND try_at <= now()
       ORDER BY try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING ${COLUMNS}, host_hook_id, attempts`,
    [provider, base, seconds],
  );
  const [row] = rows;
  return row && { ...toHook(row), hostHookId: row.host_hook_id, attempts: row.attempts };
}

/** The host can't sign: what it sends is proven by the secret itself. */
export async function hookSendsToken(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE git_hooks SET signed = false WHERE id = $1', [id]);
}

/** Remembers a webhook by the host's id. @returns false when its room is gone */
export async function saveHookAtHost(tx: Tx, id: string, hostHookId: string): Promise<boolean> {
  return (await tx.execute('UPDATE git_hooks SET host_hook_id = $2 WHERE id = $1', [id, hostHookId])) === 1;
}

/** The host knows it by this address. How often that took is forgotten once it is seen to work. */
export async function hookIsSet(tx: Tx, id: string, url: string): Promise<void> {
  await tx.execute('UPDATE git_hooks SET url = $2, try_at = now() WHERE id = $1', [id, url]);
}

export async function hookFailed(
  tx: Tx,
  id: string,
  { attempts, seconds }: { readonly attempts: number; readonly seconds: number },
): Promise<void> {
  await tx.execute(
    'UPDATE git_hooks SET attempts = $2, try_at = now() + make_interval(secs => $3) WHERE id = $1',
    [id, attempts, seconds],
  );
}

/** It was seen at its host, at work. */
export async function hookWorks(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE git_hooks SET attempts = 0 WHERE id = $1 AND attempts <> 0', [id]);
}

/** Has a webhook set up again that is gone from its host, or switched off there. */
export async function wantHook(tx: Tx, id: string, seconds: number): Promise<void> {
  await tx.execute(
    `UPDATE git_hooks SET url = NULL, attempts = attempts + 1, try_at = now() + make_interval(secs => $2)
     WHERE id = $1 AND url IS NOT NULL`,
    [id, seconds],
  );
}

/** A room's webhook, and what was last told of it. */
export interface RoomHook {
  readonly id: string;
  readonly provider: WebhookProvider;
  readonly trouble: string | null;
  /** Null while it is to be set up. */
  readonly url: string | null;
  readonly attempts: number;
}

export async function hooksOf(tx: Tx, roomId: string): Promise<RoomHook[]> {
  return tx.query<RoomHook & Record<string, unknown>>(
    'SELECT id, provider, trouble, url, attempts FROM git_hooks WHERE room_id = $1 ORDER BY id',
    [roomId],
  );
}

/** @returns false when that is known already */
export async function saveTrouble(tx: Tx, id: string, trouble: string | null): Promise<boolean> {
  const saved = await tx.execute(
    'UPDATE git_hooks SET trouble = $2 WHERE id = $1 AND trouble IS DISTINCT FROM $2',
    [id, trouble],
  );
  return saved === 1;
}
