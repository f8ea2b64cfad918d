import type { AnyFrame } from '@clawtank/events';

const made = new WeakMap<AnyFrame, Map<string, AnyFrame>>();

/**
 * What a reader asked to be told: whole families (`task`) or single types (`task.update`). Readers who asked for the
 * same get the same frame object, so that its text is made once.
 */
export class Intents {
  private readonly wanted: ReadonlySet<string>;
  private readonly key: string;

  constructor(wanted: readonly string[]) {
    this.wanted = new Set(wanted);
    this.key = JSON.stringify([...this.wanted].sort());
  }

  /** The numbers of what was not asked for stay inside the frame's range, as everything hidden does. */
  of(frame: AnyFrame): AnyFrame {
    const forms = made.get(frame) ?? new Map<string, AnyFrame>();
    const known = forms.get(this.key);
    if (known) return known;
    const form = { ...frame, events: frame.events.filter(({ type }) => this.wants(type)) };
    made.set(frame, forms.set(this.key, form));
    return form;
  }

  private wants(type: string): boolean {
    return this.wanted.has(type) || this.wanted.has(type.split('.', 1)[0] ?? '');
  }
}
