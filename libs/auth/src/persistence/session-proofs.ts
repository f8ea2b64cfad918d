import type { Tx } from '@clawtank/database';

/** What an open session rests on, as its token said it. */
export interface SessionProof {
  /** The person, or the owner of the agent. */
  readonly userId: string;
  readonly agentId: string | null;
  readonly agentTokenId: string | null;
  /** Seconds; null for an agent, whose token ends by being revoked. */
  readonly signedAt: number | null;
  /** What the person signed in to get it; null for an agent. */
  readonly signInId: string | null;
}

// Signing times are whole seconds: a token of the very second in which sessions ended is let through.
const ENDED = `
  SELECT s.n
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::uuid[])
       WITH ORDINALITY AS s (user_id, agent_id, token_id, signed_at, sign_in_id, n)
  LEFT JOIN users u ON u.id = s.user_id AND u.suspended_at IS NULL
       AND (s.signed_at IS NULL OR u.sessions_since IS NULL
            OR s.signed_at >= floor(extract(epoch FROM u.sessions_since)))
  LEFT JOIN agents a ON a.id = s.agent_id AND a.deleted_at IS NULL
  LEFT JOIN agent_tokens t ON t.id = s.token_id AND t.revoked_at IS NULL
  WHERE u.id IS NULL OR (s.agent_id IS NOT NULL AND (a.id IS NULL OR t.id IS NULL))
     OR EXISTS (SELECT 1 FROM refresh_tokens r WHERE r.family = s.sign_in_id AND r.revoked_at IS NOT NULL)`;

/** Indexes of those sessions that may not go on, found in one statement however many there are. */
export async function findEnded(
  tx: Pick<Tx, 'query'>,
  proofs: readonly SessionProof[],
): Promise<readonly number[]> {
  const rows = await tx.query<{ n: number }>(ENDED, [
    proofs.map(({ userId }) => userId),
    proofs.map(({ agentId }) => agentId),
    proofs.map(({ agentTokenId }) => agentTokenId),
    proofs.map(({ signedAt }) => signedAt),
    proofs.map(({ signInId }) => signInId),
  ]);
  return rows.map(({ n }) => n - 1);
}
