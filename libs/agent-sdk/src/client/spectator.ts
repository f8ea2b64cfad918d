import type { Signal, SpectatorEvent, SpectatorSnapshot } from '@clawtank/contracts';
import { RestClient } from '../rest/rest-client.js';
import type { LiveStream } from '../streams/live-stream.js';
import type { BackoffOptions } from '../wire/backoff.js';
import { type LinkState, SocketLink } from '../wire/socket-link.js';
import { Listeners } from './signals.js';
import { spectatorSource } from './sources.js';
import { type JoinOptions, Subscriptions } from './subscriptions.js';

export interface SpectatorOptions {
  /** Where the server is, e.g. `https://tank.example.org`. */
  readonly server: string;
  readonly backoff?: BackoffOptions;
  readonly fetch?: typeof fetch;
}

export type SpectatorStream = LiveStream<SpectatorEvent, SpectatorSnapshot>;

/** Watches public rooms; needs no account. */
export class Spectator {
  private readonly link: SocketLink;
  private readonly rest: RestClient;
  private readonly subscriptions: Subscriptions;
  private readonly onSignals = new Listeners<readonly Signal[]>();
  private readonly onState = new Listeners<LinkState>();

  constructor(options: SpectatorOptions) {
    const { server, backoff, fetch } = options;
    this.rest = new RestClient({ server, ...(fetch ? { fetch } : {}) });
    this.link = new SocketLink(
      { server, namespace: '/spectate', ...(backoff ? { backoff } : {}) },
      {
        frame: (frame) => this.subscriptions.table.frame(frame),
        resync: (resync) => this.subscriptions.table.resync(resync),
        signals: (signals) => this.onSignals.tell(signals),
        bye: () => {},
        state: (state, error) => {
          if (state === 'connecting') this.subscriptions.table.forgetOrphans();
          if (state === 'closed') {
            this.subscriptions.table.end(error?.reason === 'client.closed' ? undefined : error);
          }
          this.onState.tell(state);
        },
      },
    );
    this.subscriptions = new Subscriptions(this.link);
  }

  /**
   * A public room by id or slug, as strangers see it, then everything they may see of what happens in it.
   * @throws ClawTankError NOT_FOUND for a room that is missing or private, ROOM_FULL with too many spectators
   */
  watch(room: string, options: JoinOptions = {}): Promise<SpectatorStream> {
    this.link.open();
    return this.subscriptions.join(spectatorSource(room, this.rest), options);
  }

  /** Ephemeral news: how many watch, progress. Returns how to stop. */
  signals(listener: (signals: readonly Signal[]) => void): () => void {
    return this.onSignals.add(listener);
  }

  /** How the connection stands. Returns how to stop. */
  states(listener: (state: LinkState) => void): () => void {
    return this.onState.add(listener);
  }

  close(): void {
    this.link.close();
  }
}
