const OWN = 'http://own.invalid';
const LONGEST = 2_000;

/**
 * Where a sign-in may lead back to: a path of this server's own pages, else `fallback`. What a browser could read as
 * another host is none, nor is a path of the API, which would answer instead of a page.
 */
export function returnPath(wanted: string | undefined, fallback: string): string {
  if (wanted === undefined || wanted.length > LONGEST) return fallback;
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes('\\')) return fallback;
  if (!URL.canParse(wanted, OWN)) return fallback;
  const { origin, pathname } = new URL(wanted, OWN);
  if (origin !== OWN || pathname.startsWith('//') || /^\/api(\/|$)/i.test(pathname)) return fallback;
  return wanted;
}
