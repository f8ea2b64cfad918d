/** A clause taken as a request, a need or the report of a defect. */
export interface Judgement {
  readonly kind: 'request' | 'need' | 'bug';
  /** What is to be done, as an imperative; unpolished. */
  readonly title: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** It only points at something said before: `fix it`. */
  readonly vague?: boolean;
  /** The thing that it is about. */
  readonly about?: string;
}
