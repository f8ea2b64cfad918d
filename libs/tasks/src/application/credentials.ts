import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { GitCredential } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Room } from '@clawtank/rooms';
import type { Task } from '../domain/task.js';
import { setCredential } from '../persistence/claim-rows.js';

const hash = (password: string): Buffer => createHash('sha256').update(password).digest();

/** Gives the task's live claim a new git password; only its hash is kept, and an older one stops working. */
export async function issueCredential(tx: Tx, room: Room, task: Task, fence: number): Promise<GitCredential> {
  const password = randomBytes(24).toString('base64url');
  await setCredential(tx, task.id, fence, hash(password));
  return { url: `/git/${room.slug}.git`, username: `${task.key}.${String(fence)}`, password };
}

/** The task's number and the fence in a user name that `issueCredential` made. */
export function parseUsername(
  username: string,
): { readonly number: number; readonly fence: number } | undefined {
  const match = /^T-([1-9]\d{0,8})\.([1-9]\d{0,8})$/.exec(username);
  return match ? { number: Number(match[1]), fence: Number(match[2]) } : undefined;
}

export const passwordFits = (password: string, kept: Buffer): boolean =>
  timingSafeEqual(hash(password), kept);
