import type { Tx } from '@clawtank/database';
import { enforce } from '@clawtank/kernel';
import { connectedAgents } from '@clawtank/rooms';
import type { Claimant } from '../domain/task.js';
import { mayTakeOn } from '../domain/task-policies.js';
import { listBusy } from '../persistence/task-rows.js';

/**
 * Passes people, and agents that are in the room, not paused and have a hand free.
 * @throws task.agent_absent, task.agent_paused, task.agent_busy
 */
export async function requireFreeHands(tx: Tx, roomId: string, claimant: Claimant): Promise<void> {
  if (claimant.kind === 'human') return;
  const agent = (await connectedAgents(tx, roomId)).find(({ agentId }) => agentId === claimant.id);
  enforce(
    mayTakeOn({
      name: claimant.name,
      present: agent !== undefined,
      paused: agent?.paused ?? false,
      maxConcurrentTasks: agent?.maxConcurrentTasks ?? 0,
      busyWith: (await listBusy(tx, roomId)).get(claimant.id) ?? [],
    }),
  );
}
