import type { QueryReplyOf } from '@clawtank/contracts';
import { ApiError, type Base, get } from './rooms';

export type Showcase = QueryReplyOf<'rooms.showcase'>['showcase'];

/** What a completed public room came to. Null where there is none. */
export async function readShowcase(base: Base, room: string): Promise<Showcase | null> {
  try {
    const { showcase } = await get<QueryReplyOf<'rooms.showcase'>>(
      base,
      `rooms/${encodeURIComponent(room)}/showcase`,
    );
    return showcase;
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) return null;
    throw error;
  }
}
