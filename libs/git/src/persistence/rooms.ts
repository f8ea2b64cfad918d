import type { Tx } from '@clawtank/database';

/** The id behind a slug, for whoever is not known yet; says nothing about who may see the room. */
export async function findRoomId(tx: Tx, slug: string): Promise<string | undefined> {
  const rows = await tx.query<{ id: string }>('SELECT id FROM rooms WHERE slug = $1', [slug]);
  return rows[0]?.id;
}
