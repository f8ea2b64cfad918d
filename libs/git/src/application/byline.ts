import type { Actor } from '@clawtank/contracts';
import { findAgent } from '@clawtank/auth';
import type { Tx } from '@clawtank/database';
import { connectedAgents } from '@clawtank/rooms';
import type { Byline } from '../domain/author.js';

/** Who stands behind an agent's work in a room; null for people, and for an agent that was deleted. */
export async function bylineOf(
  tx: Tx,
  roomId: string,
  actor: Pick<Actor, 'kind' | 'id'>,
): Promise<Byline | null> {
  const agent = actor.kind === 'agent' ? await findAgent(tx, actor.id) : undefined;
  if (!agent) return null;
  const here = (await connectedAgents(tx, roomId)).find(({ agentId }) => agentId === agent.id);
  return { model: here?.model ?? agent.model, owner: { id: agent.owner_id, name: agent.owner_name } };
}
