import type { RoomContext } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { CONTEXT_BYTES, fitContext } from '../../domain/fit-context.js';
import { requireMember, viewRoom } from '../access.js';
import { readNews } from '../read-news.js';
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
    const news = await readNews(tx, room.id, caller, { head: snapshot.cursor, after: input.after });
    const full = {
      room: snapshot.room,
      members: snapshot.members,
      agents: snapshot.agents.filter(({ connected }) => connected),
      repository: await this.repository.read(tx, room),
      chat_history: snapshot.messages,
      active_tasks: active,
      leases: snapshot.leases,
      decisions: snapshot.decisions,
      since_you_left: news && { after: news.after, news: news.news },
      cursor: snapshot.cursor,
      epoch: snapshot.epoch,
    };
    const fitted = fitContext(full, input.budget ?? CONTEXT_BYTES.standard);
    if (!news?.skipped) return fitted;
    return { ...fitted, left_out: { ...fitted.left_out, earlier_events: news.skipped } };
  }
}
