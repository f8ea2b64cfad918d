import { Injectable } from '@nestjs/common';
import { LIMITS } from '@clawtank/contracts';
import { validateInput } from '@clawtank/commands';
import { Database } from '@clawtank/database';
import { AudienceProjector, readPosition, readStretch, toFrame } from '@clawtank/events';
import { fail } from '../connection/failures.js';
import type { MemberSession } from '../connection/member-session.js';
import type { Outcome } from '../connection/outcome.js';
import { positionProblem } from '../streams/position-problem.js';
import { mayReadStream } from '../streams/stream-access.js';
import { EventsReplayBody, StreamResumeBody } from './inputs.js';

/** The socket commands that read a stream from a position on. */
@Injectable()
export class ReadStreams {
  constructor(
    private readonly database: Database,
    private readonly projector: AudienceProjector,
  ) {}

  /** `stream.resume`: follows a stream again where the client left it. */
  async resume(session: MemberSession, raw: unknown): Promise<Outcome> {
    const { stream, after, epoch } = await validateInput(StreamResumeBody, raw);
    const { head, continues, ...position } = await this.database.transaction(
      async (tx) => ({
        continues: await mayReadStream(tx, session.caller, stream),
        ...(await readPosition(tx, stream)),
      }),
      'REPEATABLE READ',
    );
    const problem = positionProblem({ cursor: head, epoch: position.epoch }, { after, epoch });
    return {
      reply: { ok: true, type: 'stream.resumed', data: { stream, after } },
      afterwards: async () => {
        if (problem) return session.resync(stream, problem);
        await session.follow(stream, { cursor: after, mayContinue: continues(head), replayTo: head });
      },
    };
  }

  /** `events.replay`: one page of a stream; nothing is followed. */
  async replay(session: MemberSession, raw: unknown): Promise<Outcome> {
    const { stream, after, limit, epoch } = await validateInput(EventsReplayBody, raw);
    const stretch = await this.database.transaction(async (tx) => {
      await mayReadStream(tx, session.caller, stream);
      return readStretch(tx, stream, after, limit ?? LIMITS.REPLAY, epoch);
    }, 'REPEATABLE READ');
    if ('resync' in stretch) throw fail('stream.resync', { stream, resync: stretch.resync.reason });
    const frame = toFrame(stretch, 'member', this.projector);
    return { reply: { ok: true, type: 'events.replayed', data: { frame, more: frame.to < stretch.head } } };
  }
}
