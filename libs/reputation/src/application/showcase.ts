import { type Query, type QueryContext, QueryHandler } from '@clawtank/commands';
import { LIMITS, type QueryInputOf, type QueryReplyOf, roomStream } from '@clawtank/contracts';
import { type LogTx, readStretch, type StoredEvent } from '@clawtank/events';
import { viewRoom } from '@clawtank/rooms';
import { IsString, Length } from 'class-validator';
import { fail } from '../domain/failures.js';
import { type RoomEvent, ShowcaseTeller } from '../domain/showcase.js';
import { roomEarnings } from '../persistence/ledger.js';
import { findShowcase, saveShowcase } from '../persistence/showcases.js';

export class ShowcaseInput implements QueryInputOf<'rooms.showcase'> {
  @IsString() @Length(1, 100) room_id!: string;
}

/** What a completed room came to. Strangers see it of public rooms, as everything else of them. */
@QueryHandler('rooms.showcase', ShowcaseInput, { public: true })
export class GetShowcase implements Query<'rooms.showcase'> {
  async run(
    { tx, caller }: QueryContext,
    { room_id }: ShowcaseInput,
  ): Promise<QueryReplyOf<'rooms.showcase'>> {
    const { room } = await viewRoom(tx, caller, room_id);
    const showcase = await findShowcase(tx, room.id);
    if (!showcase) throw fail('showcase.not_completed', {});
    return { showcase };
  }
}

/** Reads a completed room's log page by page and keeps what it came to. */
export async function keepShowcase(tx: LogTx, completion: StoredEvent, roomId: string): Promise<void> {
  const teller = new ShowcaseTeller();
  for (let after = 0; after < completion.seq; ) {
    const page = await readStretch(tx, roomStream(roomId), after, LIMITS.REPLAY);
    if ('resync' in page || page.events.length === 0) break;
    for (const event of page.events) if (event.seq <= completion.seq && isWhole(event)) teller.hear(event);
    after = page.to;
  }
  await saveShowcase(tx, teller.tell(roomId, completion.at, await roomEarnings(tx, roomId)));
}

const isWhole = (event: StoredEvent): event is StoredEvent & RoomEvent => !('redacted' in event.data);
