interface Remembered {
  readonly etag: string;
  readonly answer: unknown;
}

const MAX_KEPT = 2_000;

/** Answers that a host gave a tag with: it says "as before" for free instead of giving them again. */
export class RememberedAnswers {
  private readonly kept = new Map<string, Remembered>();

  get(key: string): Remembered | undefined {
    return this.kept.get(key);
  }

  keep(key: string, remembered: Remembered): void {
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.delete(key);
    this.kept.set(key, remembered);
  }
}
