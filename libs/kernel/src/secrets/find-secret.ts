import { SECRET_RULES, type SecretRule } from './rules.js';

/** Nothing that is shorter, and nothing without one of these, holds a secret of any rule. */
const HINT = /[A-Za-z0-9_+/-]{16}|:\/\/|-----|pass|pwd|secret|token|key/i;
const SHORTEST = 10;
const ASCII = /^[\u0000-\u007f]*$/;
/** Format characters, variation selectors and joiners: nobody sees them, and no pattern expects them. */
const UNSEEN = /[\p{Cf}\ufe00-\ufe0f\u034f\u{e0100}-\u{e01ef}]/gu;
/** The end of a line within a word of the kind that secrets are made of. */
const BREAK = /(?<=[A-Za-z0-9_+/=.-])[ \t]*[\r\n\u0085\u2028\u2029]+[ \t]*(?=[A-Za-z0-9_+/=.-])/g;

/**
 * The kind of the first secret in a text, as a person would read it: full-width letters count as plain ones, invisible
 * characters do not count, and neither does the end of a line within a word.
 * @returns the kind with its article ("a GitHub token"); undefined where there is none
 */
export function findSecret(text: string): string | undefined {
  if (text.length < SHORTEST) return undefined;
  const plain = ASCII.test(text) ? text : text.normalize('NFKC').replace(UNSEEN, '');
  const joined = plain.replace(BREAK, '');
  if (!HINT.test(joined)) return undefined;
  const rule = SECRET_RULES.find((one) => holds(one, plain) || (joined !== plain && holds(one, joined)));
  return rule?.kind;
}

/**
 * A text from outside that cannot be refused any more, with `[removed: a GitHub token]` in place of each secret; one whose
 * secret is hidden from the eye is replaced as a whole.
 */
export function maskSecrets(text: string): string {
  if (findSecret(text) === undefined) return text;
  const masked = SECRET_RULES.reduce(mask, text);
  const left = findSecret(masked);
  return left === undefined ? masked : `[removed: the text held ${left}]`;
}

function holds({ pattern, isReal }: SecretRule, text: string): boolean {
  return [...text.matchAll(pattern)].some((match) => !isReal || isReal(valueOf(match)));
}

function mask(text: string, { kind, pattern, isReal }: SecretRule): string {
  return text.replace(pattern, (...parts: unknown[]) => {
    const whole = String(parts[0]);
    const groups = parts.at(-1);
    const value =
      typeof groups === 'object' && groups !== null && 'value' in groups ? String(groups.value) : whole;
    if (isReal && !isReal(value)) return whole;
    // The secret is the last: a name in front of it may be the same word.
    const at = whole.lastIndexOf(value);
    return `${whole.slice(0, at)}[removed: ${kind}]${whole.slice(at + value.length)}`;
  });
}

const valueOf = (match: RegExpExecArray): string => match.groups?.['value'] ?? match[0];
