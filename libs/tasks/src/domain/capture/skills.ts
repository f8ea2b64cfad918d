type Signs = readonly (readonly [string, RegExp])[];

const CAPABILITIES: Signs = [
  [
    'frontend',
    /\b(?:css|ui|ux|button|modal|layout|react|svelte|page|dark mode|navbar|sidebar|footer|header|tooltip|form|responsive|mobile view|component|accessibility|a11y|aria|screen reader|icon|banner|dialog|toast|dropdown|menu)s?\b/i,
  ],
  [
    'backend',
    /\b(?:api|endpoint|server|backend|webhook|queue|worker|rest|graphql|grpc|cron|cache|redis|kafka|middleware)s?\b/i,
  ],
  [
    'database',
    /\b(?:sql|postgres(?:ql)?|mysql|sqlite|mongo(?:db)?|migrations?|schema|index on|query|queries|database|db)\b/i,
  ],
  ['testing', /\b(?:tests?|specs?|coverage|e2e|flaky|fixtures?|jest|pytest|playwright|cypress)\b/i],
  ['docs', /\b(?:docs?|documentation|readme|changelog|guide|tutorial|doc comments?|docstrings?|jsdoc)\b/i],
  [
    'infra',
    /\b(?:ci|cd|pipeline|docker(?:file)?|compose|k8s|kubernetes|helm|terraform|deploy(?:ment)?s?|nginx|github actions|workflow|grafana|prometheus|certificate|staging)\b/i,
  ],
  [
    'security',
    /\b(?:security|xss|csrf|csp|cve|vulnerabilit(?:y|ies)|secrets?|encrypt\w*|jwt|oauth|rate limit\w*|sanitis\w+|sanitiz\w+|permissions?)\b/i,
  ],
  ['mobile', /\b(?:ios|android|iphone|ipad|swiftui|jetpack|react native|flutter|push notifications?)\b/i],
  [
    'performance',
    /\b(?:slow|performance|latency|speed up|memory leak|profil(?:e|ing)|benchmark\w*|p9[59])\b/i,
  ],
  ['design', /\b(?:figma|mock-?ups?|wireframes?|design system|logo)\b/i],
];

const LANGUAGES: Signs = [
  ['typescript', /\btypescript\b|\btsconfig|\.(?:ts|tsx|mts|cts)\b/i],
  ['javascript', /\bjavascript\b|\.(?:js|jsx|mjs|cjs)\b/i],
  ['python', /\bpython\b|\bpytest\b|\bdjango\b|\bfastapi\b|\.(?:py|ipynb)\b/i],
  ['rust', /\brust\b|\bcargo\b|\.rs\b/i],
  ['go', /\bgolang\b|\bgoroutines?\b|\bgo (?:module|client|service|sdk)\b|\.go\b/i],
  ['java', /\bjava\b|\bspring boot\b|\bgradle\b|\bmaven\b|\.java\b/i],
  ['kotlin', /\bkotlin\b|\bjetpack compose\b|\.kts?\b/i],
  ['swift', /\bswift(?:ui)?\b|\.swift\b/i],
  ['c++', /\bc\+\+(?!\w)|\.(?:cpp|hpp|cc|cxx)\b/i],
  ['c#', /\bc#(?!\w)|\bdotnet\b|\.cs\b/i],
  ['c', /(?<=[\w/])\.(?:c|h)\b/i],
  ['php', /\bphp\b|\blaravel\b|\.php\b/i],
  ['ruby', /\bruby\b|\brails\b|\.rb\b/i],
  ['sql', /\bsql\b|\.sql\b/i],
  ['shell', /\b(?:bash|shell script)\b|\.(?:sh|bash)\b/i],
  ['html', /\.html\b|\bhtml\b/i],
  ['css', /\.(?:css|scss|less)\b|\bcss\b/i],
];

const signsIn = (signs: Signs, text: string): string[] =>
  signs.filter(([, sign]) => sign.test(text)).map(([name]) => name);

/** Capabilities that the words of a task imply; a guess that a person may correct. */
export const capabilitiesIn = (text: string): string[] => signsIn(CAPABILITIES, text);
/** Languages that a task names, or that the endings of its files tell. */
export const languagesIn = (text: string): string[] => signsIn(LANGUAGES, text);
