import type { ApprovalKind, RoomSnapshot, WirePrincipalRef } from '@clawtank/contracts';

/** Something that waits for this person and nobody else can do. */
export type Need =
  | {
      readonly kind: 'question';
      readonly id: string;
      readonly agentId: string;
      readonly text: string;
      readonly at: string;
    }
  | {
      readonly kind: 'review';
      readonly id: string;
      readonly number: number;
      readonly title: string;
      readonly at: string;
    }
  | {
      readonly kind: 'merge';
      readonly id: string;
      readonly number: number;
      readonly title: string;
      readonly at: string;
    }
  | {
      readonly kind: 'approval';
      readonly id: string;
      readonly what: ApprovalKind;
      readonly by: WirePrincipalRef;
      /** What exactly, in words. */
      readonly detail: string;
      readonly until: string | null;
      readonly at: string;
    };

type Facts = Pick<RoomSnapshot, 'questions' | 'pull_requests' | 'approvals' | 'agents' | 'members'>;

/** Open questions of agents, approvals, and pull requests that this person has not reviewed and did not make; oldest first. */
export function needsOf(facts: Facts, me: string): readonly Need[] {
  const member = facts.members.find(({ user }) => user.id === me);
  if (!member || member.role === 'spectator') return [];
  const mine = new Set(
    facts.agents.filter(({ agent }) => agent.owner_id === me).map(({ agent }) => agent.id),
  );
  const decides = (agentId: string | null): boolean =>
    member.role === 'host' || (agentId !== null && mine.has(agentId));
  const questions = facts.questions
    .filter(({ answer, agent_id }) => answer === null && decides(agent_id))
    .map(
      (one): Need => ({
        kind: 'question',
        id: one.question_id,
        agentId: one.agent_id,
        text: one.text,
        at: one.created_at,
      }),
    );
  const pulls = facts.pull_requests.flatMap((pull): Need[] => {
    if (pull.state !== 'open' || pull.mergeable === 'conflict') return [];
    const what = { number: pull.number, title: pull.title, at: pull.created_at };
    if (pull.approved) return [{ kind: 'merge', id: `merge ${pull.number}`, ...what }];
    const judged = pull.reviews.some(({ reviewer, sha }) => reviewer.id === me && sha === pull.head_sha);
    if (judged || pull.author.id === me) return [];
    return [{ kind: 'review', id: `review ${pull.number}`, ...what }];
  });
  const approvals = facts.approvals
    .filter(({ state, agent_id }) => state === 'pending' && decides(agent_id))
    .map(
      (one): Need => ({
        kind: 'approval',
        id: one.approval_id,
        what: one.kind,
        by: one.requested_by,
        detail: one.detail,
        until: one.expires_at,
        at: one.created_at,
      }),
    );
  return [...questions, ...pulls, ...approvals].toSorted((a, b) => a.at.localeCompare(b.at));
}
