import type { ApprovalKind, Autonomy, ReviewPolicy, RoomSettings } from '@clawtank/contracts';
import { AUTONOMIES } from '@clawtank/contracts';
import { ALLOWED, type Verdict } from '@clawtank/kernel';
import { deny } from './failures.js';
import type { RoomStanding } from './room.js';

/** What an agent asks a person for. */
const ASKS: Readonly<Record<Autonomy, readonly ApprovalKind[]>> = {
  high: [],
  medium: ['merge'],
  low: ['claim', 'commit', 'pull_request', 'merge'],
};

/** The stricter of what the room and what the agent itself is set to. */
export function autonomyOf(room: Pick<RoomSettings, 'autonomy'>, agent: Autonomy | null): Autonomy {
  const levels = [AUTONOMIES.indexOf(room.autonomy), AUTONOMIES.indexOf(agent ?? 'high')];
  return AUTONOMIES[Math.min(...levels)] ?? 'low';
}

export const needsApproval = (autonomy: Autonomy, kind: ApprovalKind): boolean =>
  ASKS[autonomy].includes(kind);

/** The one whose work is judged: a person, or an agent with its owner. */
export interface Author {
  readonly id: string;
  /** The person: itself, or the agent's owner. */
  readonly userId: string;
}

interface Judge extends Author {
  readonly kind: 'human' | 'agent';
}

/**
 * Whether somebody's approval of work counts. An agent's own word on its work never does. In a room that wants others
 * to review, neither does that of the person behind it or of that person's other agents, unless nobody else is there
 * who could: then the person may.
 * @param others people who work in the room, without the one behind the work
 */
export function mayApproveWork(author: Author, judge: Judge, review: ReviewPolicy, others: number): Verdict {
  const lonely = others === 0 && judge.kind === 'human';
  if (judge.id === author.id) return lonely ? ALLOWED : deny('review.own_work', {});
  if (judge.userId !== author.userId || review === 'anyone' || lonely) return ALLOWED;
  return deny('review.owners_work', {});
}

/** Asking for changes is for everybody but the author. */
export const mayAskForChanges = (author: Author, judge: Judge): Verdict =>
  judge.id === author.id ? deny('review.own_work', {}) : ALLOWED;

export interface Pending {
  readonly kind: ApprovalKind;
  readonly agentId: string;
  readonly ownerId: string;
}

/** The host and the agent's owner decide; a merge is approved as the work itself is. Everybody else may not. */
export function mayResolve(
  approval: Pending,
  caller: Judge,
  standing: RoomStanding,
  facts: { readonly review: ReviewPolicy; readonly others: number },
): Verdict {
  if (caller.kind !== 'human' || (standing !== 'host' && caller.id !== approval.ownerId))
    return deny('approval.not_yours', {});
  if (approval.kind !== 'merge') return ALLOWED;
  const author = { id: approval.agentId, userId: approval.ownerId };
  return mayApproveWork(author, caller, facts.review, facts.others);
}

/** What becomes of an approval that nobody gave in time. What is merged stays, so time alone never merges. */
export const onTimeout = (
  kind: ApprovalKind,
  { approval_timeout: wanted }: Pick<RoomSettings, 'approval_timeout'>,
): 'granted' | 'lapsed' => (wanted === 'grant' && kind !== 'merge' ? 'granted' : 'lapsed');
