/** A set of callbacks for one kind of news. */
export class Listeners<T> {
  private readonly callbacks = new Set<(value: T) => void>();

  /** Returns a function that removes the callback. */
  add(callback: (value: T) => void): () => void {
    this.callbacks.add(callback);
    return () => this.callbacks.delete(callback);
  }

  tell(value: T): void {
    for (const callback of [...this.callbacks]) callback(value);
  }
}
