import { bugIn } from './bug-report.js';
import { isWorkVerb } from './verbs.js';
import { takeHandles } from './handles.js';
import { withoutDependencies } from './dependencies.js';
import { givenTitle } from './title.js';

/** Whoever gives a command names the title; a defect named as one becomes its repair. */
export function commandTitle(given: string): string {
  const title = givenTitle(withoutDependencies(takeHandles(given).rest) || given);
  const broken =
    isWorkVerb(title.split(/\s+/)[0] ?? '') || /^(?:do|don'?t)\b/i.test(title) ? null : bugIn(title);
  return broken === null ? title : givenTitle(broken.title);
}
