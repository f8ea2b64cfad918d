import type { GitHostName, RoomSettings, RoomState, Visibility } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Room } from '../domain/room.js';
import { withDefaults } from '../domain/room-settings.js';

export interface RoomRow {
  id: string;
  slug: string;
  name: string;
  description: string;
  visibility: Visibility;
  state: RoomState;
  hold: boolean;
  completing: boolean;
  host_id: string;
  settings: Partial<RoomSettings>;
  setup_error: string | null;
  repository_host: GitHostName;
  default_branch: string;
  head_sha: string | null;
  open_conflicts: number;
  created_at: Date;
  completed_at: Date | null;
  archive_at: Date | null;
  locked_at: Date | null;
}

/** The columns of a `RoomRow` of `rooms r`; the host is the one member row with that role. */
export const ROOM_COLUMNS = `r.id, r.slug, r.name, r.description, r.visibility, r.state, r.hold,
  coalesce(r.completing_until > now(), false) AS completing,
  (SELECT h.user_id FROM room_members h WHERE h.room_id = r.id AND h.role = 'host') AS host_id,
  r.settings, r.setup_error, r.repository_host, r.default_branch, r.head_sha, r.open_conflicts,
  r.created_at, r.completed_at, r.archive_at, r.locked_at`;

export function toRoom(row: RoomRow): Room {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    visibility: row.visibility,
    state: row.state,
    hold: row.hold,
    completing: row.completing,
    hostId: row.host_id,
    settings: withDefaults(row.settings),
    setupError: row.setup_error,
    repository: { host: row.repository_host, defaultBranch: row.default_branch, headSha: row.head_sha },
    openConflicts: row.open_conflicts,
    createdAt: row.created_at,
    completedAt: row.completed_at,
    archiveAt: row.archive_at,
    lockedAt: row.locked_at,
  };
}

/** The room with this id. Takes no lock. */
export async function findRoom(tx: Tx, roomId: string): Promise<Room | undefined> {
  const rows = await tx.query<RoomRow>(`SELECT ${ROOM_COLUMNS} FROM rooms r WHERE r.id = $1`, [roomId]);
  return rows[0] && toRoom(rows[0]);
}
