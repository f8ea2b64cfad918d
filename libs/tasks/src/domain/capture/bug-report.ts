import type { Judgement } from './judgement.js';

/** What people say of things that don't work. */
const SYMPTOMS: readonly (readonly [RegExp, number])[] = [
  [
    /\b(?:is|are|seems?|looks?|gets?|keeps?|becomes?)(?: (?!not\b|no\b|never\b|fixed\b|n't\b)[\w-]+)? (?:broken|failing|crashing|hanging|freezing|leaking|stuck|missing|flaky|timing out|unresponsive|corrupt(?:ed)?|incorrect|garbled|misaligned|unreadable|wrong|not working|throwing|erroring)\b/i,
    0.7,
  ],
  [
    /\b(?:doesn'?t|does not|don'?t|do not|isn'?t|is not|aren'?t|are not|won'?t|will not|can'?t|cannot|can not|no longer|never)(?: \w+)? (?:works?|working|loads?|loading|renders?|rendering|compiles?|compiling|builds?|building|starts?|opens?|closes?|closed|shows?|showing|shown|updates?|updating|updated|saves?|saving|saved|responds?|responding|scrolls?|parses?|parsed|handles?|handled|returns?|refresh(?:es)?|displays?|displayed|validates?|validated|persists?|persisted|match(?:es)?|log in|sign in|escaped?|sorted|sorts?|respected?|release[sd]?|cleaned up)\b/i,
    0.7,
  ],
  [
    /(?<!\b(?:no longer|never|not|doesn'?t|didn'?t|don'?t|won'?t|can'?t|shouldn'?t) )\b(?:crash(?:es)?|throws?|panics?|segfaults?|leaks?|hangs?|freezes?|times? out|deadlocks?|blows up|explodes|fails?|breaks?) (?:when|on|if|with|after|for|during|at|in|under|every|for|an?|and|because|intermittently|sometimes|randomly|silently)\b/i,
    0.75,
  ],
  [
    /\b(?:returns?|gives?|gave|shows?|responds? with|gets?|getting|got|throws?|logs)(?: (?:me|us|back))? (?:an? |the )?(?:(?:http |status )?[45]\d\d\b|(?:\w+ )?\w*error|wrong|nan\b|stack ?trace|(?:\w+ )?\w*exception|blank|empty (?:page|response|list|screen))/i,
    0.7,
  ],
  [
    /\b(?:there(?:'s| is| are| seems to be)|found|seeing|hitting|hit|spotted|noticed|i see|we have|we've got|i have|i've got|introduced|caus(?:es|ed|ing)|has) (?:an? |another |some |the |two |several |this )?(?:[\w-]+ ){0,3}?(?:bugs?|regressions?|leaks?|race(?: condition)?s?|typos?|crash(?:es)?|exceptions?|deadlocks?|vulnerabilit(?:y|ies)|off-by-one|memory leak|broken links?|dead links?|security (?:hole|issue)s?)\b/i,
    0.7,
  ],
  [
    /\b(?:leaks? (?:memory|connections|handles|sockets)|stopped working|stopped responding|nothing happens|goes? blank|out of memory)\b/i,
    0.7,
  ],
  [
    /^(?:typo|bug|regression|crash|memory leak|race condition|dead ?lock|broken link|off-by-one) (?:in|on|when|at|with|for|after)\b/i,
    0.75,
  ],
  [
    /\bmissing (?:tests?|docs|documentation|validation|error handling|null checks?|types?|index|translations?)\b/i,
    0.6,
  ],
];

/** It was like that, and is not any more; or it is not known whether it is. */
const SETTLED =
  /\b(?:(?:is|are|was|were|been|got|has|have|i|we|already|just|now|is now|are now) (?:now |already |just |finally )?(?:fixed|resolved|solved|patched)|works? (?:now|again|fine|great|well|for me|perfectly)|working (?:now|again|fine)|no longer (?:crash|fail|broken|throw|hang|leak|break)\w*|not (?:broken|failing|crashing|flaky)|used to|was (?:broken|failing|crashing|flaky|missing|wrong)|were (?:broken|failing|crashing|flaky|missing|wrong)|can'?t reproduce|cannot reproduce|couldn'?t reproduce|unless|i(?:'m| am) (?:stuck|missing|wrong)|(?:am|was) i|my bad)\b/i;
const HYPOTHETICAL = /^(?:if|unless|what if|suppose|imagine|assuming)\b/i;

/** The defect that a sentence reports, if it does; a question reports none. */
export function bugIn(text: string): Judgement | null {
  if (/\?\s*$/.test(text) || SETTLED.test(text)) return null;
  if (HYPOTHETICAL.test(text) && !/,/.test(text)) return null;
  if (
    /^(?:if|unless)\b.*\b(?:we|you)\b.*,?\s*(?:it|that|this|everything) (?:breaks|crashes|fails)/i.test(text)
  )
    return null;
  const found = SYMPTOMS.filter(([symptom]) => symptom.test(text)).map(([, confidence]) => confidence);
  return found.length > 0 ? { title: text, confidence: Math.max(...found) } : null;
}
