import type { AgentHeartbeatInput, CommandReplyOf } from '@clawtank/contracts';
import { roomStream, userStream } from '@clawtank/contracts';
import { type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { Bus, type LogTx } from '@clawtank/events';
import { fail } from '../../domain/failures.js';
import { RoomsConfig } from '../../rooms.config.js';
import { noteSeen, readCursors } from '../../persistence/heartbeats.js';
import { roomsOfAgent } from '../../persistence/room-agents.js';
import { AgentHeartbeatBody } from '../inputs/agent-inputs.js';
import { ClaimClock } from '../ports.js';
import { signalAfterCommit } from '../session-notices.js';

type Reply = CommandReplyOf<'agent.heartbeat'>;

/** Says that an agent lives, and that it still works on its claim. Appends nothing. */
@CommandHandler('agent.heartbeat', AgentHeartbeatBody, { ephemeral: true })
export class Heartbeat implements Command<'agent.heartbeat'> {
  constructor(
    private readonly config: RoomsConfig,
    private readonly clock: ClaimClock,
    private readonly bus: Bus,
  ) {}

  authorise({ caller }: CommandContext): Promise<void> {
    if (caller.kind !== 'agent') throw fail('agent.not_an_agent', {});
    return Promise.resolve();
  }

  async run({ tx, caller }: CommandContext, input: AgentHeartbeatInput): Promise<Reply> {
    // The claim first: presence is locked after tasks, everywhere.
    const lease = await this.renew(tx, caller.id, input);
    await noteSeen(tx, caller.id, this.config.silenceSeconds);
    const rooms = await roomsOfAgent(tx, caller.id);
    const { now, cursors } = await readCursors(tx, [userStream(caller.id), ...rooms.map(roomStream)]);
    for (const room_id of rooms) {
      const signal = { type: 'presence', room_id, agent_id: caller.id, at: now } as const;
      signalAfterCommit(tx, this.bus, roomStream(room_id), signal);
    }
    return { server_time: now, cursors, lease_expires_at: lease?.toISOString() ?? null };
  }

  private renew(tx: LogTx, agentId: string, input: AgentHeartbeatInput): Promise<Date | null> {
    if (input.current_task === undefined || input.fence === undefined) return Promise.resolve(null);
    return this.clock.renew(tx, agentId, input.current_task, input.fence);
  }
}
