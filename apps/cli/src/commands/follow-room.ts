import type { MemberEvent, RoomSnapshot } from '@clawtank/contracts';
import type { Cli } from '../cli.js';

interface Follower {
  /** The room as it is at the begin, and again if what lies between can't be had. */
  begin(snapshot: RoomSnapshot): void;
  event(event: MemberEvent): void;
}

/** Hands out what happens in a room until Ctrl-C. */
export async function followRoom(cli: Cli, room: string, follower: Follower): Promise<void> {
  const client = cli.client();
  try {
    const stream = await client.room(room).join({ signal: cli.signal });
    follower.begin(stream.snapshot);
    for await (const event of stream.events({ onResync: (snapshot) => follower.begin(snapshot) })) {
      follower.event(event);
    }
  } finally {
    client.close();
  }
}
