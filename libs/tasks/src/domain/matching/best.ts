/** The few best of many, kept in order: the higher score first, the earlier place among equals. */
export class Best {
  readonly places: number[] = [];
  readonly scores: number[] = [];

  constructor(private readonly count: number) {}

  /** A score below this can't come in any more. */
  get lowest(): number {
    return this.places.length < this.count ? -Infinity : (this.scores.at(-1) ?? -Infinity);
  }

  offer(place: number, score: number): void {
    if (this.count === 0 || score < this.lowest) return;
    let at = this.places.length;
    while (at > 0 && this.isBefore(place, score, at - 1)) at -= 1;
    if (at >= this.count) return;
    this.places.splice(at, 0, place);
    this.scores.splice(at, 0, score);
    if (this.places.length > this.count) {
      this.places.pop();
      this.scores.pop();
    }
  }

  private isBefore(place: number, score: number, at: number): boolean {
    const other = this.scores[at] ?? 0;
    return score > other || (score === other && place < (this.places[at] ?? 0));
  }
}
