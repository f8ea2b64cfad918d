/** Bytes that may be held at once. Whoever asks for more than is left is turned away, not kept waiting. */
export class ByteBudget {
  private held = 0;

  constructor(private readonly most: number) {}

  /** @returns false when so many are not to be had now */
  take(bytes: number): boolean {
    if (this.held + bytes > this.most) return false;
    this.held += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.held -= bytes;
  }
}
