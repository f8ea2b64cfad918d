import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isMissing } from './errno.js';

/** Passwords of the embedded database: its superuser's, and that of the role which owns our database. */
export interface Credentials {
  readonly superuser: string;
  readonly owner: string;
}

const password = (): string => randomBytes(24).toString('base64url');

function parse(text: string, file: string): Credentials {
  const read: unknown = JSON.parse(text);
  if (
    read instanceof Object &&
    'superuser' in read &&
    'owner' in read &&
    typeof read.superuser === 'string' &&
    typeof read.owner === 'string'
  ) {
    return { superuser: read.superuser, owner: read.owner };
  }
  throw new EmbeddedPostgresError(`${file} does not hold the passwords of the embedded database`);
}

async function keep(file: string, credentials: Credentials): Promise<void> {
  const draft = `${file}.draft-${process.pid}`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify(credentials));
    // A database whose password a power cut took away would be lost to everybody.
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

/** The passwords kept in `dataDir` (mode 0600), made at the first call. Only called under the folder lock. */
export async function provideCredentials(dataDir: string): Promise<Credentials> {
  const file = join(dataDir, 'postgres-credentials.json');
  try {
    return parse(await readFile(file, 'utf8'), file);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const credentials = { superuser: password(), owner: password() };
  await keep(file, credentials);
  return credentials;
}
