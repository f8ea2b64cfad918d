/** A sentence taken as a request, or as the report of a defect. */
export interface Judgement {
  /** What is to be done, in the author's words; unpolished. */
  readonly title: string;
  /** 0 to 1. */
  readonly confidence: number;
}
