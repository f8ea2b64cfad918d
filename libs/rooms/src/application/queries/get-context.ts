import type { RoomContext } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { CONTEXT_BYTES, fitContext } from '../../domain/fit-context.js';
import { requireMember, viewRoom } from '../access.js';
import { RoomContextQuery } from '../inputs/query-inputs.js';
import { RepositoryContext } from '../ports.js';
import { RoomSnapshots } from '../room-snapshots.js';

/** What an agent reads before it works, cut to a size. */
@QueryHandler('rooms.context', RoomContextQuery)
export class GetContext implements Query<'rooms.context'> {
  constructor(
    private readonly snapshots: RoomSnapshots,
    private readonly repository: RepositoryContext,
  ) {}

  async run({ tx, caller }: QueryContext, input: RoomContextQuery): Promise<RoomContext> {
    const { room } = requireMember(await viewRoom(tx, caller, input.room_id));
    const snapshot = await this.snapshots.read(tx, room);
    const active = snapshot.tasks.filter(({ status }) => status !== 'complete' && status !== 'cancelled');
    const full = {
      room: snapshot.room,
      members: snapshot.members,
      agents: snapshot.agents.filter(({ connected }) => connected),
      repository: await this.repository.read(tx, room),
      chat_history: snapshot.messages,
      active_tasks: active,
      leases: snapshot.leases,
      decisions: snapshot.decisions,
      cursor: snapshot.cursor,
      epoch: snapshot.epoch,
    };
    return fitContext(full, input.budget ?? CONTEXT_BYTES.standard);
  }
}
