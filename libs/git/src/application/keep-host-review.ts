import { findLinkedUser } from '@clawtank/auth';
import { actorOf, type Caller } from '@clawtank/commands';
import type { LogTx } from '@clawtank/events';
import { Failure, maskSecrets, newId } from '@clawtank/kernel';
import { enterRoom, requireReviewer } from '@clawtank/rooms';
import type { PullRequest } from '../domain/pull-request.js';
import type { Forge, ForgeReview } from './forge.js';
import { hostActor } from './host-actor.js';
import { recordReview } from './record-review.js';
import { whoseWork } from './whose-work.js';

/** What we said there for a member; it is kept here already. */
const OWN_WORDS = /^.{1,200} (?:approves this|asks for changes) in ClawTank\./;

/**
 * Keeps a review that was made at a code host. Of somebody whose account there is linked to that of a member here it
 * is that member's own word, as far as the room's rules let them judge this work. Of anybody else an approval is shown
 * and decides nothing; a wish for changes sends the task back, unless the repository is public, where any stranger may
 * wish. The room must be locked.
 */
export async function keepHostReview(
  tx: LogTx,
  request: PullRequest,
  review: ForgeReview,
  { forge, trusted }: { readonly forge: Forge; readonly trusted: boolean },
): Promise<void> {
  const { verdict, body, sha } = review;
  if (verdict === 'comment' || OWN_WORDS.test(body)) return;
  const member = await memberBehind(tx, request, review, forge);
  const known = {
    id: newId(),
    hostId: review.id,
    reviewer: member ? actorOf(member) : hostActor(forge, review.author),
    verdict,
    body: maskSecrets(body),
    sha: sha ?? request.headSha,
    comments: [],
  };
  const current = known.sha === request.headSha;
  const moves = {
    approve: member !== undefined && current,
    request_changes: (trusted || !!member) && current,
  };
  await recordReview(tx, request, known, moves);
}

/** The member whose word this is; undefined where it is nobody's here, or one that does not count. */
async function memberBehind(
  tx: LogTx,
  request: PullRequest,
  { authorId, verdict, sha }: ForgeReview,
  { issuer }: Forge,
): Promise<Caller | undefined> {
  // Nobody knows what an approval without its commit was given for.
  if (verdict === 'comment' || authorId === null || sha === null) return undefined;
  const user = await findLinkedUser(tx, { issuer, subject: authorId });
  if (!user) return undefined;
  const { id, display_name: name } = user;
  const caller: Caller = {
    kind: 'human',
    id,
    name,
    userId: id,
    isAdmin: false,
    sessionId: null,
    address: '',
  };
  try {
    const { room } = await enterRoom(tx, caller, request.roomId);
    await requireReviewer(tx, room, await whoseWork(tx, request), caller, verdict);
    return caller;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
