/** Listens to everything that strangers may hear, and counts the words that are not for them. Keeps none of it. */
export class Ear {
  leaks = 0;

  constructor(private readonly secrets: readonly string[]) {}

  hear(text: string): void {
    for (const secret of this.secrets) if (text.includes(secret)) this.leaks += 1;
  }
}
