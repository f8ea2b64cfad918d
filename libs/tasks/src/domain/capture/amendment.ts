import type { Priority } from '@clawtank/contracts';
import { deadlineIn, withoutDeadline } from './deadline.js';
import { pathsIn } from './named-paths.js';
import { priorityOf, withoutUrgency } from './priority-words.js';

/** What a message adds to what the one before asked for, and says nothing besides. */
export interface Amendment {
  readonly priority: Priority | null;
  readonly deadline: string | null;
  /** As they are written. */
  readonly paths: readonly string[];
}

const MAX_CHARS = 160;
/** Words that carry nothing of their own beside a day, a priority or a path. */
const FILLING =
  /\b(?:it's|that's|it|its|that|this|these|those|is|are|be|and|also|oh|btw|sorry|ah|so|but|then|make|mark|set|keep|as|with|please|pls|plz|thanks|ideally|really|very|quite|pretty|rather|too|actually|only|just|probably|mostly|in|under|inside|see|look|at|the|a|an|file|files|folder|path|module|needs?|need|to|has|have|must|should|we|i|you|can|could|would|like|want|done|ready|finished|fixed|live|due|wanted|needed|deadline|by|before|until|for|on|of|priority|prio|task|one)\b/gi;
/**
 * What a short message adds to the one before it: `it's urgent`, `by Friday please`, `only in src/login.ts`.
 * @returns null where it says more than that, or nothing of the kind
 */
export function amendmentIn(said: string, now: Date): Amendment | null {
  const text = said.trim().replace(/[‘’]/g, "'");
  if (text.length > MAX_CHARS || /[?\n`"“>]/.test(text)) return null;
  const found = { priority: priorityOf(text), deadline: deadlineIn(text, now), paths: pathsIn(text) };
  if (found.priority === null && found.deadline === null && found.paths.length === 0) return null;
  const bare = found.paths.reduce((rest, path) => rest.replaceAll(path, ' '), text);
  const undated = found.deadline === null ? bare : bare.split(',').map(withoutDeadline).join(' ');
  const left = withoutUrgency(undated).replace(FILLING, ' ');
  return /[\p{L}\p{N}]/u.test(left) ? null : found;
}
