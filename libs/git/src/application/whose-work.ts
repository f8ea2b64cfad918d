import { findAgent } from '@clawtank/auth';
import type { Tx } from '@clawtank/database';
import type { PullRequest } from '../domain/pull-request.js';

/** Whose work a pull request is, with the person behind. */
export async function whoseWork(
  tx: Tx,
  { author }: Pick<PullRequest, 'author'>,
): Promise<{ readonly id: string; readonly userId: string }> {
  const agent = author.kind === 'agent' ? await findAgent(tx, author.id) : undefined;
  return { id: author.id, userId: agent?.owner_id ?? author.id };
}
