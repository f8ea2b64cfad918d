import { notFound } from 'next/navigation';
import { ApiError } from '../api/rooms';
import { draw } from './picture';
import type { Preview } from './preview';

const MOST_KEPT = 100;
const KEPT_MS = 30_000;

interface Kept {
  readonly until: number;
  readonly png: Promise<ArrayBuffer>;
}

/** Drawing takes a processor for a while, so a link that everybody shares is drawn once in half a minute. */
const kept = new Map<string, Kept>();

/** @param key names the page; the room in it must have been found to be public right before */
function drawnOf(key: string, preview: Preview): Promise<ArrayBuffer> {
  const known = kept.get(key);
  if (known && known.until > Date.now()) return known.png;
  kept.delete(key);
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  const png = draw(preview);
  kept.set(key, { until: Date.now() + KEPT_MS, png });
  png.catch(() => kept.delete(key));
  return png;
}

/** Answers with the picture of a page; as for the page itself, private and missing are alike. */
export async function servePreview(key: string, read: () => Promise<Preview | null>): Promise<Response> {
  const preview = await read().catch((error: unknown) => {
    if (error instanceof ApiError && error.status < 500) return null;
    throw error;
  });
  if (!preview) notFound();
  return new Response(await drawnOf(key, preview), {
    headers: { 'content-type': 'image/png', 'cache-control': `public, max-age=${KEPT_MS / 1_000}` },
  });
}
