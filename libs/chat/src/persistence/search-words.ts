/**
 * SQL of the words in a text: every ASCII sign separates, so that `src/auth/log-in.ts` is found by `log`.
 * @param expression SQL of the text
 */
export const SEARCHABLE = (expression: string): string =>
  String.raw`regexp_replace(${expression}, '[\x01-/:-@\[-\x60{-\x7f]+', ' ', 'g')`;

/** SQL of what is searched for: all words, the last one by its beginning; null when there is none. */
export const SEARCHED = (expression: string): string =>
  `(nullif(plainto_tsquery('simple', ${SEARCHABLE(expression)})::text, '') || ':*')::tsquery`;
