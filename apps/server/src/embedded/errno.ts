const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

const anyOf =
  (...codes: readonly string[]) =>
  (error: unknown): boolean =>
    codes.includes(String(codeOf(error)));

/** Nothing there: no such file, or no such process. */
export const isMissing = anyOf('ENOENT', 'ESRCH');
/** Somebody made it first. */
export const isTaken = anyOf('EEXIST', 'ENOTEMPTY');
/** This process may not write there. */
export const isUnwritable = anyOf('EACCES', 'EPERM', 'EROFS');
