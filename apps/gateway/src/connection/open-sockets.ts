import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { TokenVerifier } from '@clawtank/auth';
import { type ByeCode, roomStream } from '@clawtank/contracts';
import { Bus, type Unsubscribe } from '@clawtank/events';
import { SESSIONS_CHANNEL, type SessionNotice } from '@clawtank/rooms';
import type { MemberSession } from './member-session.js';

/** Revocation and suspension reach an open socket within this time even when no news of them does. */
const LOOK_AGAIN_MS = 3_000;

/** Every member's socket of this process, so that it can be ended from elsewhere. */
@Injectable()
export class OpenSockets implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(OpenSockets.name);
  private readonly sessions = new Map<string, MemberSession>();
  private unsubscribe: Unsubscribe | undefined;
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(
    private readonly bus: Bus,
    private readonly verifier: TokenVerifier,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.timer = setInterval(() => void this.lookAgain(), LOOK_AGAIN_MS);
    this.unsubscribe = await this.bus.subscribe(SESSIONS_CHANNEL, (text) =>
      this.hear(JSON.parse(text) as SessionNotice),
    );
  }

  /** Before anything that the sockets' commands need is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.unsubscribe?.();
    for (const session of [...this.sessions.values()]) session.bye('SERVER_DRAIN');
  }

  add(session: MemberSession): void {
    this.sessions.set(session.id, session);
  }

  remove(session: MemberSession): void {
    session.close();
    this.sessions.delete(session.id);
  }

  /** Bytes that members have yet to take. */
  get waitingBytes(): number {
    return [...this.sessions.values()].reduce((sum, session) => sum + session.waitingBytes, 0);
  }

  private hear(notice: SessionNotice): void {
    if ('session_id' in notice) this.sessions.get(notice.session_id)?.bye(notice.code);
    else if ('principal_id' in notice) this.endAll(notice.principal_id, notice.code);
    else if (notice.ended === 'deleted') {
      for (const session of this.sessions.values()) session.lose(roomStream(notice.room_id));
    }
  }

  private endAll(principalId: string, code: ByeCode): void {
    for (const session of [...this.sessions.values()]) {
      if ([session.caller.id, session.caller.userId].includes(principalId)) session.bye(code);
    }
  }

  /** One statement for all of them, however many there are. */
  private async lookAgain(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const sessions = [...this.sessions.values()];
      const ended = await this.verifier.ended(sessions.map(({ proof }) => proof));
      for (const index of ended) sessions[index]?.bye('REVOKED');
    } catch (error) {
      this.log.debug(`could not look again: ${String(error)}`);
    } finally {
      this.looking = false;
    }
  }
}
