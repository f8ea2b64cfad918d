export const HANDLE_PATTERN = /^[a-z0-9](?:[a-z0-9_-]{0,30}[a-z0-9])?$/;

/** A mention handle made from a name: `Claude Alpha!` becomes `claude-alpha`; `otherwise` where nothing is left. */
export function handleFrom(name: string, otherwise = 'agent'): string {
  const base = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 26)
    .replace(/^-+|-+$/g, '');
  return base === '' ? otherwise : base;
}
