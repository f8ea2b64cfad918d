import type {
  Bye,
  CommandInputOf,
  CommandName,
  CommandReplyOf,
  MemberEvent,
  Position,
  Ready,
  Signal,
} from '@clawtank/contracts';
import type { ClawTankError } from '../errors.js';
import { RestClient } from '../rest/rest-client.js';
import type { LiveStream } from '../streams/live-stream.js';
import { newCommandId } from '../wire/command-id.js';
import {
  type LinkRequest,
  type LinkState,
  type RequestOptions,
  SocketLink,
  type Starter,
} from '../wire/socket-link.js';
import type { Limits } from '../wire/wait.js';
import { type ClientOptions, tokensOf } from './client-options.js';
import { RoomHandle } from './room-handle.js';
import { Listeners } from './signals.js';
import { userSource } from './sources.js';
import { type JoinOptions, Subscriptions } from './subscriptions.js';

/** The ack's `data`: the reply, and where its events stand if it appended any. */
export type CommandResult<N extends CommandName> = CommandReplyOf<N> & Partial<Position>;

/**
 * A person or an agent on a ClawTank server. It connects when `connect` (or the first command) asks for it, comes
 * back by itself after a loss, and reads every stream on from where it was.
 */
export class ClawTankClient {
  /** REST with the same identity. */
  readonly rest: RestClient;
  private readonly link: SocketLink;
  private readonly subscriptions: Subscriptions;
  private readonly onSignals = new Listeners<readonly Signal[]>();
  private readonly onBye = new Listeners<Bye>();
  private readonly onState = new Listeners<{ readonly state: LinkState; readonly error?: ClawTankError }>();

  constructor(options: ClientOptions) {
    const tokens = tokensOf(options);
    const { server, backoff, fetch } = options;
    this.rest = new RestClient({ server, tokens, ...(fetch ? { fetch } : {}) });
    this.link = new SocketLink(
      { server, namespace: '/', tokens, ...(backoff ? { backoff } : {}) },
      {
        frame: (frame) => this.subscriptions.table.frame(frame),
        resync: (resync) => this.subscriptions.table.resync(resync),
        signals: (signals) => this.onSignals.tell(signals),
        bye: (bye) => this.onBye.tell(bye),
        state: (state, error) => this.changed(state, error),
      },
    );
    this.subscriptions = new Subscriptions(this.link);
  }

  /**
   * Connects and waits until the server is ready.
   * @throws ClawTankError AUTHENTICATION_FAILED and other final refusals; a server that is away is waited for
   */
  async connect(limits: Limits = {}): Promise<Ready> {
    this.link.open();
    await this.link.opened(limits);
    const { ready } = this.link;
    if (!ready) throw new Error('open without a ready');
    return ready;
  }

  /** What the server said in its last `ready`. */
  get ready(): Ready | undefined {
    return this.link.ready;
  }

  /** Aborted when the client is closed, by `close` or because the server will not have it back. */
  get closed(): AbortSignal {
    return this.link.signal;
  }

  /**
   * Runs a command. It gets a `command_id` unless it has one, so that sending it again after a reconnect has one
   * effect; it is sent again until it is answered, aborted, or 60 s (`timeoutMs`) are over.
   * @throws ClawTankError the command's refusal; `client.timeout`, `client.closed`
   */
  command<N extends CommandName>(
    name: N,
    input: CommandInputOf<N>,
    options: RequestOptions = {},
  ): Promise<CommandResult<N>> {
    this.link.open();
    const once = { ...input, command_id: input.command_id ?? newCommandId() };
    return this.link.request<CommandResult<N>>(name, once, options);
  }

  /** A room, by id or slug. */
  room(room: string): RoomHandle {
    this.link.open();
    return new RoomHandle(room, this.subscriptions, this.request);
  }

  /** One's own stream: direct messages, offers, notifications. */
  async me(options: JoinOptions = {}): Promise<LiveStream<MemberEvent, undefined>> {
    const { identity } = await this.connect(options);
    return this.subscriptions.join(
      userSource(identity.id, this.request, () => this.ready?.stream),
      options,
    );
  }

  /** Runs `starter` after each later `ready`, before commands that wait are let through. Returns how to stop that. */
  onReady(starter: Starter): () => void {
    return this.link.onOpen(starter, false);
  }

  /** Ephemeral news: presence, typing, progress. Returns how to stop. */
  signals(listener: (signals: readonly Signal[]) => void): () => void {
    return this.onSignals.add(listener);
  }

  /** The server's goodbyes; the client itself returns or closes as they say. Returns how to stop. */
  byes(listener: (bye: Bye) => void): () => void {
    return this.onBye.add(listener);
  }

  /** How the connection stands; `closed` comes with the reason. Returns how to stop. */
  states(
    listener: (change: { readonly state: LinkState; readonly error?: ClawTankError }) => void,
  ): () => void {
    return this.onState.add(listener);
  }

  /** Closes for good: streams end, commands that wait are refused with `client.closed`. */
  close(): void {
    this.link.close();
  }

  private readonly request: LinkRequest = (name, input, limits) => this.link.request(name, input, limits);

  private changed(state: LinkState, error?: ClawTankError): void {
    if (state === 'connecting') this.subscriptions.table.forgetOrphans();
    if (state === 'closed')
      this.subscriptions.table.end(error?.reason === 'client.closed' ? undefined : error);
    this.onState.tell(error ? { state, error } : { state });
  }
}
