import { foldSpectator } from '@clawtank/agent-sdk';
import type { SpectatorEvent, SpectatorSnapshot } from '@clawtank/contracts';

/** A whole snapshot is kept for each so many events, so that a jump folds no more than that. */
const KEY_EVERY = 200;

/** The room before anything was told of it: what has no event of its own is taken from how it stands now. */
export function before(snapshot: SpectatorSnapshot): SpectatorSnapshot {
  const room = {
    ...snapshot.room,
    state: 'creating',
    hold: false,
    members: 0,
    agents: 0,
    tasks_open: 0,
    tasks_complete: 0,
    completed_at: null,
    last_event_at: null,
    pulse: [],
  } as const;
  return {
    room,
    members: [],
    agents: [],
    tasks: [],
    messages: [],
    leases: [],
    pull_requests: [],
    conflicts: [],
    xp: [],
    decisions: [],
    cursor: 0,
    epoch: snapshot.epoch,
  };
}

/** A room's log with the way to how the room stood after any part of it. */
export class Reel {
  private readonly keys: SpectatorSnapshot[];

  constructor(
    first: SpectatorSnapshot,
    readonly events: readonly SpectatorEvent[],
  ) {
    this.keys = [first];
  }

  /** The room after the first `count` events, by the same reducer that live pages use. */
  at(count: number): SpectatorSnapshot {
    const wanted = Math.min(Math.floor(count / KEY_EVERY), this.keys.length - 1);
    let snapshot = this.keys[wanted] as SpectatorSnapshot;
    for (let index = wanted * KEY_EVERY; index < Math.min(count, this.events.length); index += 1) {
      if (index > 0 && index % KEY_EVERY === 0 && this.keys.length === index / KEY_EVERY) {
        this.keys.push(snapshot);
      }
      snapshot = foldSpectator(snapshot, this.events[index] as SpectatorEvent);
    }
    return snapshot;
  }
}
