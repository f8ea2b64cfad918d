/** What one process shows at `/metrics`. */
export class Figures {
  private constructor(
    readonly text: string,
    private readonly values: ReadonlyMap<string, number>,
  ) {}

  static async of(url: string): Promise<Figures> {
    const text = await (await fetch(`${url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Figures(
      text,
      new Map(
        lines.map((line): [string, number] => {
          const end = line.lastIndexOf(' ');
          return [line.slice(0, end), Number(line.slice(end + 1))];
        }),
      ),
    );
  }

  /** A figure with its labels, as it is written there; 0 when there is none yet. */
  get(figure: string): number {
    return this.values.get(figure) ?? 0;
  }

  get names(): readonly string[] {
    return [...new Set([...this.values.keys()].map((key) => key.replace(/\{.*/, '')))];
  }

  /** The values of all labels. */
  get labels(): readonly string[] {
    return [...this.text.matchAll(/="([^"]*)"/g)].map(([, value]) => value ?? '');
  }
}
