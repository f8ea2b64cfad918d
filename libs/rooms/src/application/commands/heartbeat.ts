import type { AgentHeartbeatInput, CommandReplyOf } from '@clawtank/contracts';
import { type CommandContext, CommandHandler, type DirectCommand } from '@clawtank/commands';
import { fail } from '../../domain/failures.js';
import { HeartbeatBatch } from '../heartbeat-batch.js';
import { AgentHeartbeatBody } from '../inputs/agent-inputs.js';

/** Says that an agent lives, and that it still works on its claim. Appends nothing. */
@CommandHandler('agent.heartbeat', AgentHeartbeatBody, { ephemeral: true, direct: true })
export class Heartbeat implements DirectCommand<'agent.heartbeat'> {
  constructor(private readonly batch: HeartbeatBatch) {}

  async run(
    { caller }: Pick<CommandContext, 'caller'>,
    { current_task, fence }: AgentHeartbeatInput,
  ): Promise<CommandReplyOf<'agent.heartbeat'>> {
    if (caller.kind !== 'agent') throw fail('agent.not_an_agent', {});
    const claim = current_task === undefined || fence === undefined ? null : { taskId: current_task, fence };
    return this.batch.add(caller.id, claim);
  }
}
