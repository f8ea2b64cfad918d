interface Asked<K, V> {
  readonly key: K;
  readonly resolve: (value: V) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Answers together what is asked one by one: what is asked while a question is under way waits and goes out as one
 * question more. Nothing is answered from before it was asked.
 */
export class Gather<K, V> {
  private readonly waiting: Asked<K, V>[] = [];
  private asking = false;

  /** @param ask answers in the order of its keys */
  constructor(
    private readonly ask: (keys: readonly K[]) => Promise<readonly V[]>,
    private readonly most = 1_000,
  ) {}

  /** Whether nobody waits for an answer. */
  get idle(): boolean {
    return !this.asking && this.waiting.length === 0;
  }

  get(key: K): Promise<V> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ key, resolve, reject });
      if (!this.asking) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.asking = true;
    while (this.waiting.length > 0) {
      const asked = this.waiting.splice(0, this.most);
      try {
        const answers = await this.ask(asked.map(({ key }) => key));
        for (const [index, { resolve }] of asked.entries()) resolve(answers[index] as V);
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    this.asking = false;
  }
}
