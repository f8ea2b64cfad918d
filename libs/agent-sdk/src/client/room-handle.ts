import type { MemberEvent, RoomSnapshot } from '@clawtank/contracts';
import type { LiveStream } from '../streams/live-stream.js';
import type { LinkRequest } from '../wire/socket-link.js';
import { roomSource } from './sources.js';
import type { JoinOptions, Subscriptions } from './subscriptions.js';

export type RoomStream = LiveStream<MemberEvent, RoomSnapshot>;

/** One room, by id or slug. */
export class RoomHandle {
  constructor(
    readonly ref: string,
    private readonly subscriptions: Subscriptions,
    private readonly request: LinkRequest,
  ) {}

  /**
   * The room as it is, then everything that happens in it.
   * @throws ClawTankError NOT_FOUND for a room that is missing, private or bans the caller
   */
  join(options: JoinOptions = {}): Promise<RoomStream> {
    return this.subscriptions.join(roomSource(this.ref, this.request), options);
  }
}
