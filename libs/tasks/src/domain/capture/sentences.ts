const MAX_SENTENCES = 60;
const MAX_CHARS = 600;
const ABBREVIATION = /\b(?:e\.g|i\.e|etc|vs|approx|cf|resp|incl|no)\.$/i;

/** Sentences of one line. A full stop inside a path, a version or code ends none. */
export function sentencesOf(line: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  let inCode = false;
  for (let i = 0; i < line.length; i += 1) {
    const char = line[i] ?? '';
    if (char === '`') inCode = !inCode;
    const ends = !inCode && /[.!?]/.test(char) && /^\s*$|^\s/.test(line.slice(i + 1, i + 2));
    if (!ends || ABBREVIATION.test(line.slice(start, i + 1))) continue;
    sentences.push(line.slice(start, i + 1));
    start = i + 1;
  }
  sentences.push(line.slice(start));
  return sentences
    .map((sentence) => sentence.trim().slice(0, MAX_CHARS))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
    .slice(0, MAX_SENTENCES);
}
