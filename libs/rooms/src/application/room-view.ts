import type { RoomView } from '@clawtank/contracts';
import { findUser, userView } from '@clawtank/auth';
import type { Tx } from '@clawtank/database';
import { invariant } from '@clawtank/kernel';
import type { Room } from '../domain/room.js';

/** Where the built-in host serves a room's repository, relative to the server. */
export const clonePath = (slug: string): string => `/git/${slug}.git`;

/** A room as its members see it. */
export async function roomView(tx: Tx, room: Room): Promise<RoomView> {
  const host = await findUser(tx, room.hostId);
  invariant(host, `room ${room.id} has no host`);
  return {
    id: room.id,
    slug: room.slug,
    name: room.name,
    description: room.description,
    visibility: room.visibility,
    state: room.state,
    hold: room.hold,
    setup_error: room.setupError,
    host: userView(host),
    repository: {
      host: room.repository.host,
      clone_url: clonePath(room.slug),
      default_branch: room.repository.defaultBranch,
      head_sha: room.repository.headSha,
    },
    settings: room.settings,
    created_at: room.createdAt.toISOString(),
    completed_at: room.completedAt?.toISOString() ?? null,
    archive_at: room.archiveAt?.toISOString() ?? null,
  };
}
