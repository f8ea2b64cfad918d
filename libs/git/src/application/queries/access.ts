import type { QueryContext } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import { requireMember, type Room, viewRoom } from '@clawtank/rooms';
import { fail } from '../../domain/failures.js';
import type { PullRequest } from '../../domain/pull-request.js';
import { branchRef, isSha } from '../../domain/ref-names.js';
import { findPullRequest } from '../../persistence/pull-requests.js';

/** The room, for those who work in it: code is shown to nobody else here. */
export async function seeRoom({ tx, caller }: QueryContext, roomIdOrSlug: string): Promise<Room> {
  return requireMember(await viewRoom(tx, caller, roomIdOrSlug)).room;
}

/** What a `ref` parameter means: a full commit id, or a branch; the default branch when it is left out. */
export const revisionOf = (room: Room, ref: string | undefined): string =>
  ref !== undefined && isSha(ref) ? ref : branchRef(ref ?? room.repository.defaultBranch);

export async function needPullRequest(tx: Tx, roomId: string, number: number): Promise<PullRequest> {
  const request = await findPullRequest(tx, roomId, number);
  if (!request) throw fail('git.not_found', { what: 'pull request' });
  return request;
}
