import { isElsewhere } from './guards.js';
import { verbPhrase } from './verb-phrase.js';
import { isAlsoNoun, isWorkVerb } from './verbs.js';

const NOTHING =
  /^(?:(?:an? |some |any |more |another |your |the |to |of )*(?:break|drink|minute|moment|meeting|hand|help|talk|chat|holiday|second|sec|favou?r|opinion|opinions|feedback|input|thoughts?|answer|decision|time|people|budget|money|luck|idea|ideas|plan|look|say|word|call|reviews?|reviewer|approval|approvals|eta|update|status|update on|progress|info|information|details|context|clue|problem|issue|point|reason|question|questions|volunteers?|consensus|vote|heads[- ]up|timeline|estimate|access|invite|quick chat|lift|day off|beer)(?: (?:on|from|with|of|about|for|to|in|please|pls|here|now|before)\b.*)?|you|him|her|them|it|this|that|these|those|each other|to \w+|less|fewer|all|both|nothing|something|anything|everything|a lot|that one|your .*|my .*)$/i;
const MAKES =
  /\b(?:script|dockerfile|compose file|guide|doc|docs|documentation|readme|tests?|specs?|migration|tutorial|runbook|page on|benchmark|example|makefile|workflow|changelog|adr|report|seed|fixture|makefile|resolver)s?\b/i;
const QUANTITY =
  /^(?:an? |some |any |more |better |another |proper |the |our |real |at least |also |maybe )*/i;

/** `a seed script` → `Write a seed script`; null for what nobody can build. */
export function thingWanted(given: string): string | null {
  const text = given
    .replace(/^(?:(?:please|also|maybe|perhaps|really|at least|just|have|see|get) )+/i, '')
    .trim();
  const [first = '', second = ''] = text.split(/\s+/);
  if (text.split(/\s+/).length < 2 && !/^[\w.-]+\.\w+$|s$/.test(text)) return null;
  if (/\bor (?:just|maybe|not|even)\b/i.test(text)) return null;
  if (
    NOTHING.test(text) ||
    isElsewhere(text) ||
    /^(?:to|doing|finishing|in|by|for|from|at|on|how|that|what|when|it|where|why|who|if|you|being|working) /i.test(
      text,
    )
  )
    return null;
  if (isWorkVerb(first) && second !== '' && !isAlsoNoun(first)) return verbPhrase(text, false)?.text ?? null;
  const fix =
    /^(?:a |an |some |another )?(?:quick |proper |small |real |permanent )?fix (?:for|to|of) (?:the )?(.*)$/i.exec(
      text,
    )?.[1];
  if (fix !== undefined) return `Fix the ${fix}`;
  if (
    /^(?:that|the|this|those|these|your|his|her|its) /i.test(text) &&
    /\b(?:merged|reviewed|deployed|approved|done by|call)\b/i.test(text)
  )
    return null;
  const fixed =
    /^(?:that|this|the .+?) (fixed|updated|renamed|removed|changed|improved|cleaned up|documented|tested)\b(.*)$/i.exec(
      text,
    );
  if (fixed)
    return `${fixed[1] === 'fixed' ? 'Fix' : (fixed[1] ?? '').replace(/d$/, '')} ${text.split(` ${fixed[1] ?? ''}`)[0] ?? ''}${fixed[2] ?? ''}`;
  const named = text.replace(QUANTITY, '');
  if (named === '' || NOTHING.test(named)) return null;
  return `${MAKES.test(text.split(/\b(?:for|to|that|which|of|in|on)\b/)[0] ?? '') ? 'Write' : 'Add'} ${text}`;
}
