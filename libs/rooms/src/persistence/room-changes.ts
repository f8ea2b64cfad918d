import type { RoomSettings, RoomState, Visibility } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import type { Room } from '../domain/room.js';

/** The wait after which a room in that state is archived, in minutes; null where there is none. */
function archiveMinutes(state: RoomState, settings: RoomSettings): number | null {
  if (state === 'paused') return settings.paused_archive_minutes;
  return state === 'completed' ? settings.completed_archive_minutes : null;
}

/** Saves where a room has moved to, with the durable timer that its new state brings. */
export async function saveState(tx: Tx, room: Pick<Room, 'id' | 'settings'>, to: RoomState): Promise<void> {
  await tx.execute(
    `UPDATE rooms SET state = $2::text, state_since = now(),
       archive_at = now() + make_interval(mins => $3::int),
       completed_at = CASE WHEN $2::text = 'completed' THEN now() ELSE completed_at END,
       setup_error = CASE WHEN $2::text = 'initializing' THEN setup_error END,
       completing_until = NULL,
       completion_wanted_at = CASE WHEN $2::text IN ('completed', 'archived') THEN NULL
         ELSE completion_wanted_at END
     WHERE id = $1`,
    [room.id, to, archiveMinutes(to, room.settings)],
  );
}

export interface RoomChange {
  readonly name?: string;
  readonly description?: string;
  readonly visibility?: Visibility;
  readonly hold?: boolean;
  readonly settings?: Partial<RoomSettings>;
}

/** Saves what changed; a changed wait moves the deadline that runs already. */
export async function saveChange(tx: Tx, room: Room, change: RoomChange): Promise<void> {
  const settings = { ...room.settings, ...change.settings };
  await tx.execute(
    `UPDATE rooms SET name = coalesce($2, name), description = coalesce($3, description),
       visibility = coalesce($4, visibility), hold = coalesce($5, hold), settings = settings || $6::jsonb,
       archive_at = CASE WHEN archive_at IS NULL OR $7::int IS NULL THEN archive_at
         ELSE state_since + make_interval(mins => $7::int) END
     WHERE id = $1`,
    [
      room.id,
      change.name ?? null,
      change.description ?? null,
      change.visibility ?? null,
      change.hold ?? null,
      JSON.stringify(change.settings ?? {}),
      change.settings ? archiveMinutes(room.state, settings) : null,
    ],
  );
}

/** How many detected conflicts are open; set before the room is told of a conflict. */
export async function setOpenConflicts(tx: Tx, roomId: string, count: number): Promise<void> {
  await tx.execute('UPDATE rooms SET open_conflicts = $2 WHERE id = $1', [roomId, count]);
}

/** What the room shows of its repository: its default branch and where that stands. */
export async function setRepositoryHead(
  tx: Tx,
  roomId: string,
  head: { readonly defaultBranch?: string; readonly headSha: string | null },
): Promise<void> {
  await tx.execute(
    'UPDATE rooms SET default_branch = coalesce($2, default_branch), head_sha = $3 WHERE id = $1',
    [roomId, head.defaultBranch ?? null, head.headSha],
  );
}

/** Keeps new work out while the room is being completed; ends by itself should the process die. */
export async function markCompleting(tx: Tx, roomId: string, seconds: number | null): Promise<void> {
  await tx.execute('UPDATE rooms SET completing_until = now() + make_interval(secs => $2) WHERE id = $1', [
    roomId,
    seconds,
  ]);
}
