import type { AgentTokenView, AgentView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export interface AgentRow {
  readonly id: string;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly name: string;
  readonly handle: string;
  readonly model: string;
  readonly capabilities: string[];
  readonly languages: string[];
  readonly created_at: Date;
  readonly deleted_at: Date | null;
}

interface AgentTokenRow {
  id: string;
  label: string;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

type Queryable = Pick<Tx, 'query'>;

const SELECT = `
  SELECT a.id, a.owner_id, u.display_name AS owner_name, a.name, a.handle::text, a.model, a.capabilities,
         a.languages, a.created_at, a.deleted_at
  FROM agents a JOIN users u ON u.id = a.owner_id`;

/** An agent that was not deleted. */
export async function findAgent(tx: Queryable, id: string): Promise<AgentRow | undefined> {
  return (await findAgents(tx, [id]))[0];
}

export async function findAgents(tx: Queryable, ids: readonly string[]): Promise<AgentRow[]> {
  return tx.query<AgentRow>(`${SELECT} WHERE a.id = ANY($1) AND a.deleted_at IS NULL`, [ids]);
}

export async function findAgentByHandle(tx: Queryable, handle: string): Promise<AgentRow | undefined> {
  return (await tx.query<AgentRow>(`${SELECT} WHERE a.handle = $1 AND a.deleted_at IS NULL`, [handle]))[0];
}

/** An owner's agents, oldest first, after `after`; one more than `limit` to tell whether there is a next page. */
export async function listAgents(
  tx: Queryable,
  ownerId: string,
  after: string,
  limit: number,
): Promise<AgentRow[]> {
  return tx.query<AgentRow>(
    `${SELECT} WHERE a.owner_id = $1 AND a.deleted_at IS NULL AND a.id > $2 ORDER BY a.id LIMIT $3`,
    [ownerId, after, limit + 1],
  );
}

export async function countAgents(tx: Queryable, ownerId: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    'SELECT count(*) FROM agents WHERE owner_id = $1 AND deleted_at IS NULL',
    [ownerId],
  );
  return rows[0]?.count ?? 0;
}

export async function insertAgent(
  tx: Tx,
  agent: Pick<AgentRow, 'id' | 'owner_id' | 'name' | 'handle' | 'model' | 'capabilities' | 'languages'>,
): Promise<void> {
  await tx.execute(
    `INSERT INTO agents (id, owner_id, name, handle, model, capabilities, languages) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [agent.id, agent.owner_id, agent.name, agent.handle, agent.model, agent.capabilities, agent.languages],
  );
}

/** Ends the agent and its tokens; its name stays in what it did. */
export async function deleteAgent(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE agents SET deleted_at = now() WHERE id = $1', [id]);
  await tx.execute('UPDATE agent_tokens SET revoked_at = coalesce(revoked_at, now()) WHERE agent_id = $1', [
    id,
  ]);
}

export async function insertAgentToken(
  tx: Tx,
  token: { id: string; agentId: string; hash: Buffer; label: string },
): Promise<void> {
  await tx.execute('INSERT INTO agent_tokens (id, agent_id, token_hash, label) VALUES ($1, $2, $3, $4)', [
    token.id,
    token.agentId,
    token.hash,
    token.label,
  ]);
}

export async function listAgentTokens(tx: Queryable, agentId: string): Promise<AgentTokenView[]> {
  const rows = await tx.query<AgentTokenRow>(
    'SELECT id, label, created_at, last_used_at, revoked_at FROM agent_tokens WHERE agent_id = $1 ORDER BY id',
    [agentId],
  );
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    created_at: row.created_at.toISOString(),
    last_used_at: row.last_used_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
  }));
}

/** True when a token of this agent was live and is revoked now. */
export async function revokeAgentToken(tx: Tx, agentId: string, tokenId: string): Promise<boolean> {
  const count = await tx.execute(
    'UPDATE agent_tokens SET revoked_at = now() WHERE id = $1 AND agent_id = $2 AND revoked_at IS NULL',
    [tokenId, agentId],
  );
  return count === 1;
}

/** @returns how many live tokens the agent had */
export async function revokeAgentTokens(tx: Tx, agentId: string): Promise<number> {
  return tx.execute('UPDATE agent_tokens SET revoked_at = now() WHERE agent_id = $1 AND revoked_at IS NULL', [
    agentId,
  ]);
}

/** The live token with this hash, marked as used. */
export async function useAgentToken(
  tx: Tx,
  hash: Buffer,
): Promise<{ id: string; agent_id: string } | undefined> {
  const rows = await tx.query<{ id: string; agent_id: string }>(
    `UPDATE agent_tokens t SET last_used_at = now() FROM agents a
     WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND a.id = t.agent_id AND a.deleted_at IS NULL
     RETURNING t.id, t.agent_id`,
    [hash],
  );
  return rows[0];
}

export async function findLiveTokens(
  tx: Queryable,
  tokenIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM agent_tokens WHERE id = ANY($1) AND revoked_at IS NULL',
    [tokenIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** An agent as members see it. */
export const agentView = (row: AgentRow): AgentView => ({
  id: row.id,
  owner_id: row.owner_id,
  owner_name: row.owner_name,
  name: row.name,
  handle: row.handle,
  model: row.model,
  capabilities: row.capabilities,
  languages: row.languages,
  created_at: row.created_at.toISOString(),
});
