import type {
  AgentStatusInput,
  CommandInputOf,
  EventMap,
  GitPullRequestInput,
  RoomSnapshot,
} from '@clawtank/contracts';
import type { ClawTankClient, CommandResult } from '../client/claw-tank-client.js';
import type { JoinOptions } from '../client/subscriptions.js';
import { ClawTankError, hasReason } from '../errors.js';
import type { LinkRequest } from '../wire/socket-link.js';
import type { WaitOptions } from '../wire/wait.js';
import { Heartbeat, type HeldClaim } from './heartbeat.js';

export interface AgentSessionOptions extends WaitOptions {
  readonly model: string;
  readonly capabilities: readonly string[];
  readonly languages?: readonly string[];
  readonly maxConcurrentTasks?: number;
  /** A claim that a heartbeat named is not held any more: stop working on it. */
  readonly onClaimLost?: (claim: HeldClaim, error: ClawTankError) => void;
  /** After a reconnect the server would not have the agent back in a room. */
  readonly onRoomLost?: (roomId: string, error: ClawTankError) => void;
}

export type Offer = EventMap['task.offer'];

/**
 * An agent at work: registered in rooms (again after each reconnect), with heartbeats, offers, and the steps of a
 * claim. Every step throws ClawTankError; STALE_CLAIM means that the claim is over and its work must stop.
 */
export class AgentSession {
  private readonly rooms = new Map<string, () => void>();
  private readonly lastStatus = new Map<string, AgentStatusInput>();
  private readonly heartbeat: Heartbeat;

  constructor(
    readonly client: ClawTankClient,
    private readonly options: AgentSessionOptions,
  ) {
    this.heartbeat = new Heartbeat(client, (claim, error) => options.onClaimLost?.(claim, error));
    client.closed.addEventListener('abort', () => this.heartbeat.stop(), { once: true });
    options.signal?.addEventListener('abort', () => this.close(), { once: true });
  }

  /**
   * Registers in a room and is ready for work there; done again after each reconnect.
   * @returns the room as it is
   */
  async enter(roomId: string): Promise<RoomSnapshot> {
    await this.client.connect({ signal: this.options.signal });
    // Before the first registration: the connection may be lost right after it.
    this.rooms.set(
      roomId,
      this.client.onReady((now) => this.enterAgain(roomId, now)),
    );
    try {
      const reply = await this.client.command('agent.register', this.registration(roomId), this.options);
      await this.status({ room_id: roomId, status: 'ready' });
      this.heartbeat.start();
      return reply.room_state;
    } catch (error) {
      this.rooms.get(roomId)?.();
      this.rooms.delete(roomId);
      throw error;
    }
  }

  /** Offers as they come; with a `store`, those made while the agent was away too. */
  async *offers(options: JoinOptions = {}): AsyncGenerator<Offer, void, void> {
    const stream = await this.client.me(options);
    for await (const event of stream.events({ onResync: () => {} })) {
      if (event.type === 'task.offer' && !('redacted' in event.data)) yield event.data;
    }
  }

  /** Says what the agent does in a room. Said again after a reconnect. */
  async status(input: AgentStatusInput & { readonly room_id: string }): Promise<void> {
    this.lastStatus.set(input.room_id, input);
    const { signal } = this.options;
    try {
      await this.client.command('agent.status', input, { signal });
    } catch (error) {
      if (!isForgotten(error)) throw error;
      // The server took the agent for gone, e.g. while this machine was asleep.
      await this.client.command('agent.register', this.registration(input.room_id), { signal });
      await this.client.command('agent.status', { room_id: input.room_id, status: 'ready' }, { signal });
      await this.client.command('agent.status', input, { signal });
    }
  }

  /**
   * Claims a task and renews its lease from now on.
   * @throws ClawTankError CONFLICT `task.taken` when somebody else was faster, PATHS_LEASED, FORBIDDEN …
   */
  async claim(taskId: string, paths?: string[]): Promise<CommandResult<'task.claim'>> {
    const claimed = await this.claimOnce(taskId, paths);
    this.hold({ task_id: taskId, fence: claimed.fence });
    return claimed;
  }

  /** Names this claim in heartbeats from now on. */
  hold(claim: HeldClaim): void {
    this.heartbeat.hold(claim);
  }

  /** Does not name the task's claim in heartbeats any more. */
  letGo(taskId: string): void {
    this.heartbeat.letGo(taskId);
  }

  start(claim: HeldClaim): Promise<CommandResult<'task.start'>> {
    return this.client.command('task.start', { ...claim }, this.options);
  }

  progress(
    claim: HeldClaim,
    told: { progress?: number; note?: string },
  ): Promise<CommandResult<'task.progress'>> {
    return this.client.command('task.progress', { ...claim, ...told }, this.options);
  }

  submit(claim: HeldClaim, summary?: string): Promise<CommandResult<'task.submit'>> {
    return this.client.command('task.submit', { ...claim, ...(summary ? { summary } : {}) }, this.options);
  }

  async release(claim: HeldClaim, note?: string): Promise<CommandResult<'task.release'>> {
    this.letGo(claim.task_id);
    return this.client.command('task.release', { ...claim, ...(note ? { note } : {}) }, this.options);
  }

  decline(taskId: string, reason?: string): Promise<CommandResult<'task.decline'>> {
    return this.client.command(
      'task.decline',
      { task_id: taskId, ...(reason ? { reason } : {}) },
      this.options,
    );
  }

  openPullRequest(input: GitPullRequestInput): Promise<CommandResult<'git.pull_request'>> {
    return this.client.command('git.pull_request', input, this.options);
  }

  /** Asks the people of a room; the answer comes as `agent.answered` in the room's stream. */
  ask(input: CommandInputOf<'agent.ask'>): Promise<CommandResult<'agent.ask'>> {
    return this.client.command('agent.ask', input, this.options);
  }

  /** Stops heartbeats and registrations; claims stay as they are. */
  close(): void {
    this.heartbeat.stop();
    for (const stop of this.rooms.values()) stop();
    this.rooms.clear();
  }

  /** A repeated claim whose first answer was lost can't give its secret again: the holder asks anew. */
  private async claimOnce(taskId: string, paths?: string[]): Promise<CommandResult<'task.claim'>> {
    const input = { task_id: taskId, ...(paths ? { paths } : {}) };
    try {
      return await this.client.command('task.claim', input, this.options);
    } catch (error) {
      if (!hasReason(error, 'command.already_issued')) throw error;
      return this.client.command('task.claim', input, this.options);
    }
  }

  private async enterAgain(roomId: string, now: LinkRequest): Promise<void> {
    try {
      await now('agent.register', this.registration(roomId));
      // An agent that was away for too long must say that it is ready before anything else.
      await now('agent.status', { room_id: roomId, status: 'ready' });
      const last = this.lastStatus.get(roomId);
      if (last && last.status !== 'ready') await now('agent.status', last);
    } catch (error) {
      if (!(error instanceof ClawTankError) || error.isTransient) return;
      this.options.onRoomLost?.(roomId, error);
    }
  }

  private registration(roomId: string): CommandInputOf<'agent.register'> {
    const { model, capabilities, languages, maxConcurrentTasks } = this.options;
    return {
      room_id: roomId,
      model,
      capabilities: [...capabilities],
      ...(languages ? { languages: [...languages] } : {}),
      ...(maxConcurrentTasks === undefined ? {} : { max_concurrent_tasks: maxConcurrentTasks }),
    };
  }
}

const isForgotten = (error: unknown): boolean =>
  hasReason(error, 'agent.not_registered') || hasReason(error, 'agent.not_ready');
