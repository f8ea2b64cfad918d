import { ailing, type Finding, well } from '@clawtank/kernel';

const GIB = 1_073_741_824;
const LITTLE_SHARE = 0.1;
const LITTLE_BYTES = 5 * GIB;
const NONE_BYTES = GIB / 2;

const words = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

/** How much room is left where repositories are kept. A large disk may be fuller than a small one. */
export function diskFinding(free: number, whole: number): Finding {
  const found = `${words(free)} of ${words(whole)} are free where repositories are kept.`;
  const mend = 'Make room, or move GIT_ROOT: without room pushes fail, and so does PostgreSQL beside them.';
  if (free < NONE_BYTES) return ailing('disk', 'broken', found, mend);
  if (free < LITTLE_BYTES && free < whole * LITTLE_SHARE) return ailing('disk', 'warning', found, mend);
  return well('disk', found);
}
