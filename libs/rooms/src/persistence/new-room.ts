import type { GitHostName, RoomSettings, RoomState, Visibility } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';

export interface NewRoom {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly state: RoomState;
  readonly settings: Partial<RoomSettings>;
  readonly repositoryHost: GitHostName;
}

/** Writes a new room with its host. */
export async function insertRoom(tx: Tx, room: NewRoom, hostId: string): Promise<void> {
  await tx.execute(
    `INSERT INTO rooms (id, slug, name, description, visibility, state, settings, repository_host)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      room.id,
      room.slug,
      room.name,
      room.description,
      room.visibility,
      room.state,
      JSON.stringify(room.settings),
      room.repositoryHost,
    ],
  );
  await tx.execute(`INSERT INTO room_members (room_id, user_id, role) VALUES ($1, $2, 'host')`, [
    room.id,
    hostId,
  ]);
}
