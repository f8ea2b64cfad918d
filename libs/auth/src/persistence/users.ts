import type { OwnUserView, UserView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly password_hash: string;
  readonly display_name: string;
  readonly is_admin: boolean;
  readonly created_at: Date;
  readonly suspended_at: Date | null;
}

type Queryable = Pick<Tx, 'query'>;

const COLUMNS =
  'id, username::text, email::text, password_hash, display_name, is_admin, created_at, suspended_at';

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
  is_admin: row.is_admin,
  created_at: row.created_at.toISOString(),
});
