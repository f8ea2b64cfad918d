import { createHash } from 'node:crypto';
import { COMMAND_RESULT_DAYS, type CommandName } from '@clawtank/contracts';
import { type Database, prepared, type Tx } from '@clawtank/database';
import { fail } from './failures.js';

/** What is kept with a command id. */
export interface ResultRow {
  name: string;
  body_hash: Buffer;
  reply: KeptReply | null;
  secret: boolean;
}

export interface KeptReply {
  readonly data: object;
}

/** Hash of what was asked, without its id: the same id with another body is refused. */
export function hashBody(name: CommandName, input: object): Buffer {
  const { command_id: _, ...body } = input as { command_id?: string };
  return createHash('sha256').update(name).update(canonical(body)).digest();
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`)
    .join(',')}}`;
}

/**
 * Reserves the id for this transaction. A twin in flight makes this wait until that one has committed or rolled back.
 * @returns the kept reply when the command was done before
 * @throws command.other_body, command.already_issued
 */
export async function reserve(
  tx: Tx,
  actorId: string,
  commandId: string,
  name: CommandName,
  hash: Buffer,
): Promise<KeptReply | null> {
  const inserted = await tx.execute(
    `INSERT INTO command_results (actor_id, command_id, name, body_hash) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [actorId, commandId, name, hash],
  );
  return inserted === 1 ? null : findKept(tx, actorId, commandId, hash);
}

/** The kept reply of an id, or null when it was never used. Throws as `reserve`. */
export async function findKept(
  tx: Tx,
  actorId: string,
  commandId: string,
  hash: Buffer,
): Promise<KeptReply | null> {
  const rows = await tx.query<ResultRow>(
    'SELECT name, body_hash, reply, secret FROM command_results WHERE actor_id = $1 AND command_id = $2',
    [actorId, commandId],
  );
  return replyFrom(rows[0], hash);
}

/** The reply in what was kept, or null where nothing was. Throws as `reserve`. */
export function replyFrom(row: ResultRow | undefined, hash: Buffer): KeptReply | null {
  if (!row) return null;
  if (!row.body_hash.equals(hash)) throw fail('command.other_body', {});
  if (row.secret) throw fail('command.already_issued', {});
  return row.reply;
}

/** Keeps the reply with its id; of a secret one only that it was given. */
export async function keep(
  tx: Tx,
  actorId: string,
  commandId: string,
  reply: KeptReply,
  secret: boolean,
): Promise<void> {
  await tx.execute(
    'UPDATE command_results SET reply = $3, secret = $4 WHERE actor_id = $1 AND command_id = $2',
    [actorId, commandId, secret ? null : JSON.stringify(reply), secret],
  );
}

/** Frees the id of a command that was refused: the same again is tried anew. */
export async function giveBack(tx: Tx, actorId: string, commandId: string): Promise<void> {
  await tx.execute(
    'DELETE FROM command_results WHERE actor_id = $1 AND command_id = $2 AND reply IS NULL AND NOT secret',
    [actorId, commandId],
  );
}

/** A use of a command id, as the rows name it. */
export interface IdUse {
  readonly actorId: string;
  readonly commandId: string;
  readonly name: CommandName;
  readonly hash: Buffer;
}

/** Two uses with one key are twins, however the ids are written. */
export const keyOfUse = ({ actorId, commandId }: Pick<IdUse, 'actorId' | 'commandId'>): string =>
  `${actorId} ${commandId}`.toLowerCase();

// Each id is looked up by itself: a join is planned once, for a table that is still small, and would go on reading all
// of it as it grows.
const FIND_ALL = prepared(
  `SELECT r.actor_id, r.command_id, r.name, r.body_hash, r.reply, r.secret
   FROM unnest($1::uuid[], $2::uuid[]) AS used (actor, command)
   CROSS JOIN LATERAL (
     SELECT * FROM command_results WHERE actor_id = used.actor AND command_id = used.command LIMIT 1
   ) AS r`,
);

/**
 * What was kept under each of many ids, by key, for `replyFrom`. Twins of commands on one room take turns under its
 * lock, so that the later one finds the earlier one here if it asks once it has the lock.
 */
export async function findAllKept(tx: Tx, uses: readonly IdUse[]): Promise<ReadonlyMap<string, ResultRow>> {
  if (uses.length === 0) return new Map();
  const ids = [uses.map(({ actorId }) => actorId), uses.map(({ commandId }) => commandId)];
  const rows = await tx.query<ResultRow & { actor_id: string; command_id: string }>(FIND_ALL, ids);
  return new Map(
    rows.map((row) => [keyOfUse({ actorId: row.actor_id, commandId: row.command_id }), row] as const),
  );
}

/** A reply that is kept with its id. */
export interface Kept extends IdUse {
  readonly reply: KeptReply;
  readonly secret: boolean;
}

const KEEP_ALL = prepared(
  `INSERT INTO command_results (actor_id, command_id, name, body_hash, reply, secret)
   SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::jsonb[], $6::boolean[])
     AS kept (actor, command, name, hash, reply, secret)
   ORDER BY actor, command`,
);

/**
 * Keeps many replies with their ids, which nobody has used before; of a secret one only that it was given. Where a
 * twin elsewhere has used one meanwhile, the transaction fails.
 */
export function keepAll(tx: Tx, kept: readonly Kept[]): void {
  if (kept.length === 0) return;
  tx.send(KEEP_ALL, [
    kept.map(({ actorId }) => actorId),
    kept.map(({ commandId }) => commandId),
    kept.map(({ name }) => name),
    kept.map(({ hash }) => hash),
    kept.map(({ reply, secret }) => (secret ? null : JSON.stringify(reply))),
    kept.map(({ secret }) => secret),
  ]);
}

/** Forgets results older than the contract keeps them. */
export async function forgetOldResults(database: Database): Promise<void> {
  await database.query(`DELETE FROM command_results WHERE created_at < now() - make_interval(days => $1)`, [
    COMMAND_RESULT_DAYS,
  ]);
}
