const MAX_WORDS = 40;
const COMBINING_MARKS = /[\u0300-\u036f]/g;

/**
 * A room's readable address: the letters and digits of its name, and a suffix that makes it unguessable enough
 * and unique.
 * @param suffix six random characters
 */
export function slugFrom(name: string, suffix: string): string {
  const words = name
    .normalize('NFKD')
    .replace(COMBINING_MARKS, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_WORDS)
    .replace(/^-+|-+$/g, '');
  return words === '' ? `room-${suffix}` : `${words}-${suffix}`;
}
