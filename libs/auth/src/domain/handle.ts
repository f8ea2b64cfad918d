export const HANDLE_PATTERN = /^[a-z0-9](?:[a-z0-9_-]{0,30}[a-z0-9])?$/;

/** A mention handle made from a display name: `Claude Alpha!` becomes `claude-alpha`. */
export function handleFrom(name: string): string {
  const base = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 26)
    .replace(/^-+|-+$/g, '');
  return base === '' ? 'agent' : base;
}
