import { IsOptional, IsUUID } from 'class-validator';
import { type Frame, LIMITS, type MemberEvent, type QueryInputOf, userStream } from '@clawtank/contracts';
import { type Query, type QueryContext, QueryHandler, WholeNumber } from '@clawtank/commands';
import { AudienceProjector, readStretch, toFrame } from '@clawtank/events';
import { refuse } from '@clawtank/http';
import { fail } from './failures.js';

const MAX_WAIT_SECONDS = 30;

export class OwnEventsQuery implements QueryInputOf<'me.events'> {
  /** The last number that the caller has. */
  @IsOptional()
  @WholeNumber(0)
  after?: number;

  @IsOptional()
  @IsUUID()
  epoch?: string;

  @IsOptional()
  @WholeNumber(1, LIMITS.REPLAY)
  limit?: number;

  /** Seconds; the transport waits, this query answers at once. */
  @IsOptional()
  @WholeNumber(0, MAX_WAIT_SECONDS)
  wait?: number;
}

/** A frame of the caller's own stream. It answers at once; the transport waits. */
@QueryHandler('me.events', OwnEventsQuery)
export class OwnEvents implements Query<'me.events'> {
  constructor(private readonly projector: AudienceProjector) {}

  async run({ tx, caller }: QueryContext, input: OwnEventsQuery): Promise<Frame<MemberEvent>> {
    if (!caller) throw refuse('auth.required', {});
    const stream = userStream(caller.id);
    const stretch = await readStretch(
      tx,
      stream,
      input.after ?? 0,
      input.limit ?? LIMITS.REPLAY,
      input.epoch,
    );
    if ('resync' in stretch) throw fail('stream.resync', { stream, resync: stretch.resync.reason });
    // The projector made each event the members' form of its type.
    return toFrame(stretch, 'member', this.projector) as Frame<MemberEvent>;
  }
}
