import type { OwnUserView, UserView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export interface UserRow {
  readonly id: string;
  readonly username: string;
  /** Null where no provider vouched for one. */
  readonly email: string | null;
  /** Null where the account is entered through a provider only. */
  readonly password_hash: string | null;
  readonly display_name: string;
  readonly is_admin: boolean;
  readonly created_at: Date;
  readonly suspended_at: Date | null;
  /** Access tokens from before it are refused. */
  readonly sessions_since: Date | null;
}

type Queryable = Pick<Tx, 'query'>;

const COLUMNS =
  'id, username::text, email::text, password_hash, display_name, is_admin, created_at, suspended_at, sessions_since';

export async function findUser(tx: Queryable, id: string): Promise<UserRow | undefined> {
  return (await findUsers(tx, [id]))[0];
}

export async function findUsers(tx: Queryable, ids: readonly string[]): Promise<UserRow[]> {
  return tx.query<UserRow>(`SELECT ${COLUMNS} FROM users WHERE id = ANY($1)`, [ids]);
}

/** By user name or by e-mail address, both without regard to case. */
export async function findUserByLogin(tx: Queryable, login: string): Promise<UserRow | undefined> {
  return (
    await tx.query<UserRow>(`SELECT ${COLUMNS} FROM users WHERE username = $1 OR email = $1`, [login])
  )[0];
}

/** The person's row, locked until the transaction ends. */
export async function lockUser(tx: Tx, id: string): Promise<UserRow | undefined> {
  return (await tx.query<UserRow>(`SELECT ${COLUMNS} FROM users WHERE id = $1 FOR UPDATE`, [id]))[0];
}

export async function isEmailTaken(tx: Queryable, email: string): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM users WHERE email = $1', [email])).length > 0;
}

export async function insertUser(
  tx: Tx,
  user: Pick<UserRow, 'id' | 'username' | 'email' | 'password_hash' | 'display_name' | 'is_admin'>,
): Promise<UserRow> {
  const rows = await tx.query<UserRow>(
    `INSERT INTO users (id, username, email, password_hash, display_name, is_admin)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
    [user.id, user.username, user.email, user.password_hash, user.display_name, user.is_admin],
  );
  return rows[0] as UserRow;
}

export async function setSuspended(tx: Tx, userId: string, suspended: boolean): Promise<void> {
  await tx.execute(
    'UPDATE users SET suspended_at = CASE WHEN $2 THEN coalesce(suspended_at, now()) END WHERE id = $1',
    [userId, suspended],
  );
}

export async function setDisplayName(tx: Tx, userId: string, name: string): Promise<void> {
  await tx.execute('UPDATE users SET display_name = $2 WHERE id = $1', [userId, name]);
}

/** A new password ends every session that the old one opened. */
export async function setPassword(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  await tx.execute('UPDATE users SET password_hash = $2, sessions_since = now() WHERE id = $1', [
    userId,
    passwordHash,
  ]);
}

/** True when the handle was free and is now taken by this principal. */
export async function takeHandle(
  tx: Tx,
  handle: string,
  kind: 'human' | 'agent',
  id: string,
): Promise<boolean> {
  const taken = await tx.execute(
    'INSERT INTO handles (handle, kind, principal_id) VALUES ($1, $2, $3) ON CONFLICT (handle) DO NOTHING',
    [handle, kind, id],
  );
  return taken === 1;
}

/** A person as other people see them. */
export const userView = (row: Pick<UserRow, 'id' | 'username' | 'display_name'>): UserView => ({
  id: row.id,
  username: row.username,
  display_name: row.display_name,
});

/** A person as they see themselves: the only view with an e-mail address. */
export const ownUserView = (row: UserRow): OwnUserView => ({
  ...userView(row),
  email: row.email,
  has_password: row.password_hash !== null,
  is_admin: row.is_admin,
  created_at: row.created_at.toISOString(),
});
