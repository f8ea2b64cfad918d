/** Lets those who ask the same at the same moment share one answer. Nothing is kept beyond it. */
export class InFlight<T> {
  private readonly asked = new Map<string, Promise<T>>();

  share(key: string, ask: () => Promise<T>): Promise<T> {
    const same = this.asked.get(key);
    if (same) return same;
    const answer = ask().finally(() => this.asked.delete(key));
    this.asked.set(key, answer);
    return answer;
  }
}
