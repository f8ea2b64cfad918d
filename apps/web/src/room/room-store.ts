import { type ClawTankClient, hasCode, newCommandId, type RoomStream } from '@clawtank/agent-sdk';
import type { Frame, MemberEvent, RoomSnapshot, Signal } from '@clawtank/contracts';
import { TAIL } from '../story/room-story';
import {
  beginAgain,
  beginRoom,
  failed,
  forget,
  hear,
  type RoomModel,
  sending,
  sent,
  withOlder,
  withPast,
} from './model';

/** How the page hangs on the room. `gone`: missing, private, or closed to this person. */
export type Link = 'joining' | 'live' | 'lost' | 'gone';

/** News without a number: who types, who lives, how many watch. */
export interface Signals {
  /** Until when (milliseconds since 1970) each person or agent counts as typing. */
  readonly typing: ReadonlyMap<string, number>;
  /** When each agent last gave a sign of life. */
  readonly alive: ReadonlyMap<string, number>;
  readonly progress: ReadonlyMap<string, number>;
  readonly watching: number;
}

export interface RoomState {
  readonly model: RoomModel | null;
  readonly link: Link;
  readonly signals: Signals;
}

const NO_SIGNALS: Signals = { typing: new Map(), alive: new Map(), progress: new Map(), watching: 0 };
const TYPING_MS = 6_000;
const PAGE = 50;
const PAST_PAGE = 1_000;
const HOUR_MS = 3_600_000;
/** Between two pictures of the room: ten a second read as at once, and leave the page its time to type and scroll. */
const APART_MS = 100;
/** A page that is never idle reads on all the same. */
const IDLE_MS = 3_000;

/**
 * One room, kept live. The first news after a quiet moment shows with the next frame of the screen; what comes within
 * a tenth of a second after it shows together, so that a busy room costs ten renders a second and not one per event.
 */
export class RoomStore {
  private state: RoomState = { model: null, link: 'joining', signals: NO_SIGNALS };
  private readonly listeners = new Set<() => void>();
  private readonly ending = new AbortController();
  private drawing = false;
  private drawnAt = 0;
  private readingOlder = false;

  constructor(
    private readonly client: ClawTankClient,
    readonly ref: string,
    readonly me: string,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (): RoomState => this.state;

  open(): void {
    const { signal } = this.ending;
    const stops = [
      this.client.signals((signals) => this.hearSignals(signals)),
      this.client.states(({ state }) => {
        if (state === 'waiting' && this.state.link === 'live') this.change({ link: 'lost' });
        if (state === 'open' && this.state.link === 'lost') this.change({ link: 'live' });
      }),
    ];
    signal.addEventListener('abort', () => stops.forEach((stop) => stop()), { once: true });
    void this.follow(signal);
  }

  close(): void {
    this.ending.abort();
  }

  /** Says something; it shows at once and becomes the real line when the log has it. */
  async say(text: string, replyTo: string | null, id: string = newCommandId()): Promise<void> {
    const at = new Date().toISOString();
    this.alter((model) => sending(model, { id, text, replyTo, at }));
    try {
      const reply = await this.client.command('chat.send', {
        room_id: this.roomId,
        text,
        ...(replyTo ? { reply_to: replyTo } : {}),
        command_id: id,
      });
      this.alter((model) => sent(model, id, reply.message_id));
    } catch (error) {
      this.alter((model) => failed(model, id));
      throw error;
    }
  }

  /** Takes a line that could not be sent off the page. */
  drop(id: string): void {
    this.alter((model) => forget(model, id));
  }

  /** Reads the messages before the oldest one at hand. */
  async readOlder(): Promise<void> {
    const { model } = this.state;
    if (!model || model.whole || this.readingOlder) return;
    this.readingOlder = true;
    try {
      const before = model.older[0]?.seq ?? model.story.snapshot.messages[0]?.seq;
      if (before === undefined) return;
      const { items } = await this.client.rest.query('messages.list', {
        room_id: this.roomId,
        before,
        limit: PAGE,
      });
      this.alter((present) => withOlder(present, items, items.length < PAGE));
    } finally {
      this.readingOlder = false;
    }
  }

  get roomId(): string {
    return this.state.model?.story.snapshot.room.id ?? this.ref;
  }

  private async follow(signal: AbortSignal): Promise<void> {
    try {
      const stream = await this.client.room(this.ref).join({ signal });
      const begun = stream.snapshot;
      this.change({ model: beginRoom(begun, null), link: 'live' });
      void this.readPast(begun, signal).catch(() => undefined);
      await this.hearAll(stream);
    } catch (error) {
      if (signal.aborted) return;
      this.change({ link: hasCode(error, 'NOT_FOUND') || hasCode(error, 'FORBIDDEN') ? 'gone' : 'lost' });
    }
  }

  private async hearAll(stream: RoomStream): Promise<void> {
    for await (const update of stream.updates()) {
      if (update.kind === 'frame') this.alter((model) => hear(model, update.frame, this.me));
      else this.alter((model) => beginAgain(model, update.snapshot));
    }
  }

  /** The log behind the snapshot: first what fills the chat, then the last hour for the lanes. */
  private async readPast({ room, cursor }: RoomSnapshot, signal: AbortSignal): Promise<void> {
    const since = Date.now() - HOUR_MS;
    for (let to = cursor, size = TAIL; to > 0; size = PAST_PAGE) {
      const after = Math.max(0, to - size);
      const input = { room_id: room.id, after, limit: to - after };
      const frame = (await this.client.rest.query('rooms.events', input, { signal })) as Frame<MemberEvent>;
      this.alter((model) => withPast(model, frame));
      const first = frame.events[0];
      if (cursor - after > 3 * PAST_PAGE || (first && Date.parse(first.at) < since)) return;
      to = after;
      // Nobody waits for what lies further back; whoever has just come wants to write.
      await whenIdle();
    }
  }

  private hearSignals(all: readonly Signal[]): void {
    const now = Date.now();
    const signals = all
      .filter((one) => one.room_id === this.roomId)
      .reduce((known, one) => signalled(known, one, now), this.state.signals);
    if (signals !== this.state.signals) this.change({ signals });
  }

  private alter(change: (model: RoomModel) => RoomModel): void {
    const { model } = this.state;
    if (model) this.change({ model: change(model) });
  }

  private change(fields: Partial<RoomState>): void {
    this.state = { ...this.state, ...fields };
    if (this.drawing) return;
    this.drawing = true;
    const draw = (): void => {
      this.drawing = false;
      this.drawnAt = performance.now();
      for (const listener of [...this.listeners]) listener();
    };
    // A hidden page is given no pictures; it is told by the clock.
    const wait = this.drawnAt + APART_MS - performance.now();
    if (document.hidden) setTimeout(draw, 200);
    else if (wait > 0) setTimeout(() => requestAnimationFrame(draw), wait);
    else requestAnimationFrame(draw);
  }
}

const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: IDLE_MS });
    else setTimeout(resolve, APART_MS);
  });

function signalled(known: Signals, one: Signal, now: number): Signals {
  switch (one.type) {
    case 'chat.typing':
      return { ...known, typing: new Map(known.typing).set(one.actor.id, now + TYPING_MS) };
    case 'presence':
      return { ...known, alive: new Map(known.alive).set(one.agent_id, Date.parse(one.at)) };
    case 'agent.progress':
      return { ...known, progress: new Map(known.progress).set(one.agent_id, one.progress) };
    case 'spectator.count':
      return { ...known, watching: one.count };
  }
}
