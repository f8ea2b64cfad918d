const MAX_SENTENCES = 60;
const MAX_CHARS = 600;
const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|approx|cf|resp|incl|no|mr|mrs|dr|st|min|max|ca|esp)\.$/i;

/** Sentences of one line. A full stop inside a path, a version, code or quotation marks ends none. */
export function sentencesOf(line: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  let inCode = false;
  let inQuote = false;
  for (let i = 0; i < line.length; i += 1) {
    const char = line[i] ?? '';
    if (char === '`') inCode = !inCode;
    if (char === '"' || char === '“' || char === '”') inQuote = char === '"' ? !inQuote : char === '“';
    const ends = !inCode && !inQuote && /[.!?…]/.test(char) && /^\s?$/.test(line.slice(i + 1, i + 2));
    if (!ends || ABBREVIATION.test(line.slice(Math.max(start, i - 8), i + 1))) continue;
    sentences.push(line.slice(start, i + 1));
    start = i + 1;
  }
  sentences.push(line.slice(start));
  return sentences
    .map((sentence) => sentence.trim().slice(0, MAX_CHARS))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
    .slice(0, MAX_SENTENCES);
}
