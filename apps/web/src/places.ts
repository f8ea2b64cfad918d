/** Where a room's members work in it. */
export const roomPath = (slug: string): string => `/rooms/${slug}`;

/** Where a page may send the reader on: a path of this server, else `fallback`. */
export function safePath(wanted: string | null, fallback: string): string {
  if (!wanted?.startsWith('/') || /^\/[/\\]/.test(wanted)) return fallback;
  return /[\u0000-\u001f\\]/.test(wanted) ? fallback : wanted;
}
