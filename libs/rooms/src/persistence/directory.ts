import type { PublicRoomView, RoomState } from '@clawtank/contracts';
import { roomStream } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { PULSE_BAR_SECONDS, PULSE_BARS, pulseOf } from '../domain/pulse.js';

/** A room's public form without what other libs count. */
export type PublicRoomBase = Omit<PublicRoomView, 'tasks_open' | 'tasks_complete' | 'spectators' | 'pulse'>;

interface PublicRow {
  id: string;
  slug: string;
  name: string;
  description: string;
  state: RoomState;
  hold: boolean;
  host_name: string;
  members: number;
  agents: number;
  last_event_at: Date | null;
  created_at: Date;
  completed_at: Date | null;
}

const PUBLIC_COLUMNS = `r.id, r.slug, r.name, r.description, r.state, r.hold,
  (SELECT u.display_name FROM room_members h JOIN users u ON u.id = h.user_id
   WHERE h.room_id = r.id AND h.role = 'host') AS host_name,
  (SELECT count(*) FROM room_members m WHERE m.room_id = r.id AND m.role <> 'spectator') AS members,
  (SELECT count(*) FROM room_agents a
   WHERE a.room_id = r.id AND a.joined_at IS NOT NULL AND a.left_at IS NULL) AS agents,
  (SELECT e.at FROM stream_events e WHERE e.stream = 'room:' || r.id ORDER BY e.seq DESC LIMIT 1) AS last_event_at,
  r.created_at, r.completed_at`;

const toBase = (row: PublicRow): PublicRoomBase => ({
  ...row,
  last_event_at: row.last_event_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  completed_at: row.completed_at?.toISOString() ?? null,
});

export interface DirectoryFilter {
  readonly userId: string | null;
  /** Rooms in which this person has a role, private ones too, instead of the public ones. */
  readonly mine: boolean;
  readonly q: string | null;
  readonly state: RoomState | null;
  /** Ids below it, newest rooms first: ids grow with time. */
  readonly before: string | null;
}

/** One page of the directory and one row more. A room that bans the person is not in it. */
export async function listRooms(tx: Tx, filter: DirectoryFilter, limit: number): Promise<PublicRoomBase[]> {
  const rows = await tx.query<PublicRow>(
    `SELECT ${PUBLIC_COLUMNS} FROM rooms r
     WHERE CASE WHEN $1 THEN EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = r.id AND m.user_id = $2)
           ELSE r.visibility = 'public' AND r.locked_at IS NULL END
       AND NOT EXISTS (SELECT 1 FROM room_bans b WHERE b.room_id = r.id AND b.user_id = $2)
       AND ($3::text IS NULL OR r.name ILIKE $3 OR r.description ILIKE $3)
       AND ($4::text IS NULL OR r.state = $4)
       AND ($5::uuid IS NULL OR r.id < $5)
     ORDER BY r.id DESC LIMIT $6`,
    [filter.mine, filter.userId, filter.q && likePattern(filter.q), filter.state, filter.before, limit + 1],
  );
  return rows.map(toBase);
}

/** One room in its public form. */
export async function findPublicRoom(tx: Tx, roomId: string): Promise<PublicRoomBase | undefined> {
  const rows = await tx.query<PublicRow>(`SELECT ${PUBLIC_COLUMNS} FROM rooms r WHERE r.id = $1`, [roomId]);
  return rows[0] && toBase(rows[0]);
}

const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Only the end of a stream is looked at: a room busier than that shows its newest bars. */
const PULSE_EVENTS = 1_000;

/** The pulse of each room, by its id. */
export async function readPulses(tx: Tx, roomIds: readonly string[]): Promise<ReadonlyMap<string, number[]>> {
  const rows = await tx.query<{ stream: string; bar: number; count: number }>(
    `SELECT s.stream, floor(extract(epoch FROM now() - newest.at) / $2)::int AS bar, count(*)
     FROM unnest($1::text[]) AS s (stream)
     CROSS JOIN LATERAL (
       SELECT at FROM stream_events e WHERE e.stream = s.stream ORDER BY e.seq DESC LIMIT ${PULSE_EVENTS}
     ) newest
     WHERE newest.at > now() - make_interval(secs => $2::int * ${PULSE_BARS})
     GROUP BY 1, 2`,
    [roomIds.map(roomStream), PULSE_BAR_SECONDS],
  );
  return new Map(
    roomIds.map((id) => {
      const own = rows.filter((row) => row.stream === roomStream(id));
      return [id, pulseOf(new Map(own.map((row) => [row.bar, row.count])))];
    }),
  );
}
