import { LIMITS } from '@clawtank/contracts';
import { withoutTail } from './priority-words.js';

/** A title of what was asked: one line, without politeness, with a capital letter. */
export function titleOf(text: string): string {
  const oneLine = text.replace(/\s+/g, ' ').trim();
  const bare = withoutTail(oneLine)
    .replace(/[\s.!?;:,–-]+$/, '')
    .replace(/^["“'](.*)["”']$/, '$1')
    .trim();
  const title = bare === '' ? oneLine : bare;
  return shortened(title.charAt(0).toUpperCase() + title.slice(1));
}

function shortened(title: string): string {
  const chars = [...title];
  return chars.length <= LIMITS.TITLE_CHARS
    ? title
    : `${chars
        .slice(0, LIMITS.TITLE_CHARS - 1)
        .join('')
        .trimEnd()}…`;
}
