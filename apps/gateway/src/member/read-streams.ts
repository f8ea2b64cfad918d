import { Injectable } from '@nestjs/common';
import { LIMITS } from '@clawtank/contracts';
import { validateInput } from '@clawtank/commands';
import { AudienceProjector, StreamHub, toFrame } from '@clawtank/events';
import { fail } from '../connection/failures.js';
import type { MemberSession } from '../connection/member-session.js';
import type { Outcome } from '../connection/outcome.js';
import { positionProblem } from '../streams/position-problem.js';
import { StreamSights } from '../streams/stream-sights.js';
import { EventsReplayBody, StreamResumeBody } from './inputs.js';

/** The socket commands that read a stream from a position on. */
@Injectable()
export class ReadStreams {
  constructor(
    private readonly sights: StreamSights,
    private readonly hub: StreamHub,
    private readonly projector: AudienceProjector,
  ) {}

  /** `stream.resume`: follows a stream again where the client left it. */
  async resume(session: MemberSession, raw: unknown): Promise<Outcome> {
    const { stream, after, epoch } = await validateInput(StreamResumeBody, raw);
    const seen = await this.sights.see(session.caller, stream);
    const problem = positionProblem({ cursor: seen.head, epoch: seen.epoch }, { after, epoch });
    return {
      reply: { ok: true, type: 'stream.resumed', data: { stream, after } },
      afterwards: async () => {
        if (problem) return session.resync(stream, problem);
        await session.follow(stream, { cursor: after, access: seen.access, replayTo: seen.head });
      },
    };
  }

  /** `events.replay`: one page of a stream; nothing is followed. */
  async replay(session: MemberSession, raw: unknown): Promise<Outcome> {
    const { stream, after, limit, epoch } = await validateInput(EventsReplayBody, raw);
    const { head } = await this.sights.see(session.caller, stream);
    const stretch = await this.hub.page(stream, { after, limit: limit ?? LIMITS.REPLAY, epoch, head });
    if ('resync' in stretch) throw fail('stream.resync', { stream, resync: stretch.resync.reason });
    // What was appended since access was checked waits for the next page.
    const events = stretch.events.filter(({ seq }) => seq <= head);
    const frame = toFrame({ ...stretch, to: Math.min(stretch.to, head), events }, 'member', this.projector);
    return { reply: { ok: true, type: 'events.replayed', data: { frame, more: frame.to < stretch.head } } };
  }
}
