import { randomBytes } from 'node:crypto';
import type { GitCredential } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Room } from '../domain/room.js';
import { saveSetupCredential } from '../persistence/setup-credentials.js';
import { clonePath } from './room-view.js';

const PASSWORD_BYTES = 24;

/** A password, shown this once, that may push the first heads of a room that is being set up. */
export async function issueSetupCredential(tx: Tx, room: Pick<Room, 'id' | 'slug'>): Promise<GitCredential> {
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  await saveSetupCredential(tx, room.id, password);
  return { url: clonePath(room.slug), username: 'setup', password };
}
