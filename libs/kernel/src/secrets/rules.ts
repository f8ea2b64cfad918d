/** What a secret of one kind looks like. */
export interface SecretRule {
  /** As people call it, with its article: it stands in a sentence. */
  readonly kind: string;
  /** Global; `value` names the secret itself where more than it is matched. */
  readonly pattern: RegExp;
  /** Whether what was matched is a secret after all. */
  readonly isReal?: (value: string) => boolean;
}

/** What people write where a secret would stand. */
const PLACEHOLDER =
  /[<>{}$\u2026]|\*{3}|x{4}|\.{3}|process\.env|environ|example|changeme|placeholder|your[_-]|redacted|removed/i;
/** What stands for a password in the address of a database that everybody has on their own machine. */
const STAND_IN = /^(?:password|passwd|pass|pw|secret|postgres|user|test|root|admin|guest)$/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/];

const classesIn = (value: string): number => CLASSES.filter((one) => one.test(value)).length;
const isNoPlaceholder = (value: string): boolean => !PLACEHOLDER.test(value);
const hasDigit = (value: string): boolean => /\d/.test(value);

/**
 * The kinds that are refused. Prefixes and lengths are those that the services document; a rule without a prefix asks
 * for the word that stands before the value, and for a value that is no placeholder.
 */
export const SECRET_RULES: readonly SecretRule[] = [
  { kind: 'a ClawTank agent token', pattern: /clw_[0-9a-f]{32,}/g },
  {
    kind: 'a GitHub token',
    pattern: /(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{40,255})/g,
  },
  { kind: 'a GitLab token', pattern: /gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas)-[A-Za-z0-9_-]{20,}/g },
  { kind: 'an npm token', pattern: /npm_[A-Za-z0-9]{36}/g },
  { kind: 'a Slack token', pattern: /xox[abeoprs]-[A-Za-z0-9-]{16,}|xapp-\d-[A-Za-z0-9-]{16,}/g },
  { kind: 'an Anthropic key', pattern: /sk-ant-[A-Za-z0-9_-]{20,}/g, isReal: hasDigit },
  {
    kind: 'an OpenAI key',
    pattern: /\bsk-(?!ant-)(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}/g,
    isReal: (value) => hasDigit(value) && /[A-Z]/.test(value),
  },
  { kind: 'a Stripe key', pattern: /(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g },
  { kind: 'a Google API key', pattern: /AIza[A-Za-z0-9_-]{35}/g },
  {
    kind: 'an AWS access key',
    pattern: /(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g,
    isReal: isNoPlaceholder,
  },
  {
    kind: 'an AWS secret key',
    pattern:
      /aws[\w.\s-]{0,30}(?:secret|key)[\w\s"'-]{0,20}[:=]\s*["']?(?<value>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/gi,
    isReal: isNoPlaceholder,
  },
  {
    kind: 'a private key',
    pattern: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s:,.-]{0,20000}/g,
  },
  {
    kind: 'a JSON web token',
    pattern: /eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,}/g,
  },
  {
    kind: 'an address with a password',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,100}:(?<value>[^\s@/]{3,200})@(?=[\w[])/gi,
    // A port, and what stands in the next line behind it, is none.
    isReal: (value) =>
      isNoPlaceholder(value) && !STAND_IN.test(value) && !/^\d{2,5}(?:$|[A-Za-z])/.test(value),
  },
  {
    kind: 'a password',
    pattern:
      /(?:password|passwd|pwd|passphrase|secret|(?:api|access|secret|private|auth)[_-]?key|(?:access|auth|api|refresh|bot|secret)[_-]?token)["'`]?\s{0,5}(?:=>|:=|=|:)\s{0,5}(?<quote>["'`]?)(?<value>[^\s"'`,;()]{8,200})\k<quote>/gi,
    isReal: (value) => isNoPlaceholder(value) && !UUID.test(value) && isRandom(value),
  },
];

/** A path, a word of the language, a type or a member of something is none; what people make up mixes what it is made of. */
function isRandom(value: string): boolean {
  if (/^[/~.]/.test(value) || /^[A-Za-z_]\w*(?:[.[][\w.[\]]*)+$/.test(value)) return false;
  return hasDigit(value)
    ? classesIn(value) >= 2
    : classesIn(value) >= 3 || /^[a-z]+(?:-[a-z]+){2,}$/.test(value);
}
