import type { Frame } from '@clawtank/contracts';
import { clientError } from '../errors.js';
import type { Position } from './place.js';
import type { ResyncReason, StreamReader, Update } from './stream-reader.js';

interface Numbered {
  readonly seq: number;
}

export interface IterateOptions<S> {
  /**
   * Told when the stream had to begin anew: what lay between is in `snapshot` and in no event. Without it `frames`
   * and `events` throw `client.resync` instead of leaving a silent gap.
   */
  readonly onResync?: (snapshot: S, reason: ResyncReason) => void | Promise<void>;
}

/** A joined stream: iterate it once, by `updates`, `frames` or `events`. It resumes by itself over reconnects. */
export class LiveStream<E extends Numbered, S> {
  private latest: S;

  constructor(
    private readonly reader: StreamReader<E, S>,
    snapshot: S,
    private readonly leave: () => void,
  ) {
    this.latest = snapshot;
  }

  /** As it was when joined, or when the stream last had to begin anew. */
  get snapshot(): S {
    return this.latest;
  }

  /** Everything up to here was handled by the loop that iterates. */
  get position(): Position | undefined {
    return this.reader.position;
  }

  /** Frames and resyncs as they come. The position is saved when the next one is asked for. */
  async *updates(): AsyncGenerator<Update<E, S>, void, void> {
    for await (const update of this.reader.updates()) {
      if (update.kind === 'resync') this.latest = update.snapshot;
      yield update;
    }
  }

  /** @throws ClawTankError `client.resync`, see IterateOptions */
  async *frames(options: IterateOptions<S> = {}): AsyncGenerator<Frame<E>, void, void> {
    for await (const update of this.updates()) {
      if (update.kind === 'frame') yield update.frame;
      else if (options.onResync) await options.onResync(update.snapshot, update.reason);
      else throw clientError('resync', `the stream had to begin anew (${update.reason})`);
    }
  }

  /** One event after the other. A frame counts as handled after its last event. */
  async *events(options: IterateOptions<S> = {}): AsyncGenerator<E, void, void> {
    for await (const frame of this.frames(options)) yield* frame.events;
  }

  /** Stops reading; the loop that iterates ends. */
  close(): void {
    this.leave();
    this.reader.end();
  }
}
