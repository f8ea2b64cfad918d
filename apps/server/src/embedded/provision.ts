import { Client } from 'pg';
import { SUPERUSER } from './cluster.js';
import type { Credentials } from './credentials.js';

const NAME = 'clawtank';

export interface Urls {
  /** As the role that owns our database and nothing else; the server uses this one. */
  readonly url: string;
  /** As superuser, on the database `postgres`. */
  readonly adminUrl: string;
}

export const urlsFor = (port: number, credentials: Credentials): Urls => ({
  url: `postgres://${NAME}:${credentials.owner}@127.0.0.1:${port}/${NAME}`,
  adminUrl: `postgres://${SUPERUSER}:${credentials.superuser}@127.0.0.1:${port}/postgres`,
});

/** Makes the role and the database that are not there yet; a second run changes nothing. */
export async function provision(adminUrl: string, credentials: Credentials): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [NAME]);
    if (role.rowCount === 0) {
      const password = client.escapeLiteral(credentials.owner);
      await client.query(`CREATE ROLE ${NAME} LOGIN PASSWORD ${password}`);
    }
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${NAME} OWNER ${NAME}`);
  } finally {
    await client.end();
  }
}
