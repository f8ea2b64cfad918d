const LEVELS = ['read', 'write', 'admin'] as const;

/** What the GitHub App must be granted; docs/github.md says what for. */
const NEEDED = {
  contents: 'write',
  pull_requests: 'write',
  statuses: 'write',
  checks: 'read',
  repository_hooks: 'write',
} as const satisfies Record<string, (typeof LEVELS)[number]>;

const levelOf = (granted: unknown): number => LEVELS.findIndex((level) => level === granted);

/** What is missing of it, as GitHub writes it: `contents: write`. @param granted as GitHub tells of the App */
export function lackingPermissions(granted: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(NEEDED)
    .filter(([name, level]) => levelOf(granted[name]) < levelOf(level))
    .map(([name, level]) => `${name}: ${level}`);
}
