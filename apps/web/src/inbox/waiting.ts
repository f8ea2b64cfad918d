/** The question behind the list of what needs the reader. */
export const WAITING = { waiting: true, limit: 100 } as const;
