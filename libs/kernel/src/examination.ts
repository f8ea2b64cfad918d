export interface Finding {
  /** What was looked at: `database`, `clock`. */
  readonly part: string;
  readonly state: 'ok' | 'warning' | 'broken';
  /** What was found there, for people; nothing secret. */
  readonly found: string;
  /** What to do about it; null where nothing has to be done. */
  readonly mend: string | null;
}

/** Looks at one part of the server by trying it. The composition finds all there are in a process. */
export abstract class Examination {
  abstract examine(): Promise<readonly Finding[]>;
}

export const well = (part: string, found: string): Finding => ({ part, state: 'ok', found, mend: null });

export const ailing = (part: string, state: 'warning' | 'broken', found: string, mend: string): Finding => ({
  part,
  state,
  found,
  mend,
});
