import { createHash } from 'node:crypto';
import { COMMAND_RESULT_DAYS, type CommandName } from '@clawtank/contracts';
import type { Database, Tx } from '@clawtank/database';
import { fail } from './failures.js';

interface ResultRow {
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
  const row = rows[0];
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

/**
 * Reserves many ids at once, always in the same order, so that two transactions can't wait for each other. Twins in
 * flight make this wait.
 * @returns the keys that are reserved now; the others were used before
 */
export async function reserveAll(tx: Tx, uses: readonly IdUse[]): Promise<ReadonlySet<string>> {
  if (uses.length === 0) return new Set();
  const rows = await tx.query<{ actor_id: string; command_id: string }>(
    `INSERT INTO command_results (actor_id, command_id, name, body_hash)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[]) AS used (actor, command, name, hash)
     ORDER BY actor, command
     ON CONFLICT DO NOTHING RETURNING actor_id, command_id`,
    [
      uses.map(({ actorId }) => actorId),
      uses.map(({ commandId }) => commandId),
      uses.map(({ name }) => name),
      uses.map(({ hash }) => hash),
    ],
  );
  return new Set(rows.map((row) => keyOfUse({ actorId: row.actor_id, commandId: row.command_id })));
}

/** As `keep`, for many. */
export async function keepAll(
  tx: Tx,
  kept: readonly (Pick<IdUse, 'actorId' | 'commandId'> & { reply: KeptReply; secret: boolean })[],
): Promise<void> {
  if (kept.length === 0) return;
  await tx.execute(
    `UPDATE command_results r SET reply = k.reply, secret = k.secret
     FROM unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::boolean[]) AS k (actor, command, reply, secret)
     WHERE r.actor_id = k.actor AND r.command_id = k.command`,
    [
      kept.map(({ actorId }) => actorId),
      kept.map(({ commandId }) => commandId),
      kept.map(({ reply, secret }) => (secret ? null : JSON.stringify(reply))),
      kept.map(({ secret }) => secret),
    ],
  );
}

/** Gives ids back that this transaction reserved: only what is committed is kept. */
export async function giveBack(tx: Tx, uses: readonly Pick<IdUse, 'actorId' | 'commandId'>[]): Promise<void> {
  if (uses.length === 0) return;
  await tx.execute(
    `DELETE FROM command_results r USING unnest($1::uuid[], $2::uuid[]) AS g (actor, command)
     WHERE r.actor_id = g.actor AND r.command_id = g.command`,
    [uses.map(({ actorId }) => actorId), uses.map(({ commandId }) => commandId)],
  );
}

/** Forgets results older than the contract keeps them. */
export async function forgetOldResults(database: Database): Promise<void> {
  await database.query(`DELETE FROM command_results WHERE created_at < now() - make_interval(days => $1)`, [
    COMMAND_RESULT_DAYS,
  ]);
}
