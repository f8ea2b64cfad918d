import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { TokenVerifier } from '@clawtank/auth';
import { roomStream } from '@clawtank/contracts';
import { Bus, type Unsubscribe } from '@clawtank/events';
import { Failure } from '@clawtank/kernel';
import { SESSIONS_CHANNEL, type SessionNotice } from '@clawtank/rooms';
import type { MemberSession } from './member-session.js';

/** Revocation and suspension reach an open socket within this time even when no news of them does. */
const LOOK_AGAIN_MS = 3_000;
const AT_ONCE = 4;

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

  private hear(notice: SessionNotice): void {
    if ('session_id' in notice) this.sessions.get(notice.session_id)?.bye(notice.code);
    else if (notice.ended === 'deleted') {
      for (const session of this.sessions.values()) session.lose(roomStream(notice.room_id));
    }
  }

  private async lookAgain(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const waiting = [...this.sessions.values()];
      const worker = async (): Promise<void> => {
        for (let session = waiting.pop(); session; session = waiting.pop()) await this.verify(session);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    } finally {
      this.looking = false;
    }
  }

  private async verify(session: MemberSession): Promise<void> {
    try {
      await this.verifier.verify(session.token, session.caller.address, session.id);
    } catch (error) {
      if (!(error instanceof Failure)) return this.log.debug(`could not look again: ${String(error)}`);
      if (this.sessions.has(session.id)) {
        session.bye(error.code === 'TOKEN_EXPIRED' ? 'TOKEN_EXPIRED' : 'REVOKED');
      }
    }
  }
}
