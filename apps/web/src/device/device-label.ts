type Pattern = readonly [RegExp, string];

/** The first that fits: most browsers also claim to be those below them. */
const BROWSERS: readonly Pattern[] = [
  [/Firefox|FxiOS/, 'Firefox'],
  [/Edg(A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];
const SYSTEMS: readonly Pattern[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X/, 'Mac'],
  [/Windows/, 'Windows'],
  [/Linux/, 'Linux'],
];

const named = (userAgent: string, patterns: readonly Pattern[]): string | undefined =>
  patterns.find(([pattern]) => pattern.test(userAgent))?.[1];

/** What a person calls this browser, or other client, in a list of theirs. */
export function deviceLabel(userAgent: string): string {
  if (userAgent === 'clawtank-cli') return 'The command line';
  const browser = named(userAgent, BROWSERS) ?? 'A browser';
  const system = named(userAgent, SYSTEMS);
  return system === undefined ? browser : `${browser} on ${system}`;
}
