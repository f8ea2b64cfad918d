import { foldRoom, type RoomStream } from '@clawtank/agent-sdk';
import type { MemberEvent, RoomSnapshot } from '@clawtank/contracts';

/** A room as it is at this moment: its snapshot, carried on with each event. */
export class LiveRoom {
  private state: RoomSnapshot;

  constructor(private readonly stream: RoomStream) {
    this.state = stream.snapshot;
  }

  get now(): RoomSnapshot {
    return this.state;
  }

  /** @param changed called after each change, with the events that made it (none after a resync) */
  async follow(changed: (events: readonly MemberEvent[]) => void): Promise<void> {
    for await (const update of this.stream.updates()) {
      if (update.kind === 'resync') {
        this.state = update.snapshot;
        changed([]);
      } else {
        this.state = update.frame.events.reduce(foldRoom, this.state);
        // Numbers that are hidden move the room's cursor too.
        this.state = { ...this.state, cursor: Math.max(this.state.cursor, update.frame.to) };
        changed(update.frame.events);
      }
    }
  }
}
