import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { roomStream } from '@clawtank/contracts';
import { Bus, type Unsubscribe } from '@clawtank/events';
import { SESSIONS_CHANNEL, type SessionNotice } from '@clawtank/rooms';
import type { SpectateSession } from './spectate-session.js';

/** Every spectator of this process, so that a room can be taken from all of them. */
@Injectable()
export class WatchedRooms implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sessions = new Set<SpectateSession>();
  private unsubscribe: Unsubscribe | undefined;

  constructor(private readonly bus: Bus) {}

  async onApplicationBootstrap(): Promise<void> {
    this.unsubscribe = await this.bus.subscribe(SESSIONS_CHANNEL, (text) =>
      this.hear(JSON.parse(text) as SessionNotice),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.unsubscribe?.();
    for (const session of [...this.sessions]) session.bye('SERVER_DRAIN');
  }

  add(session: SpectateSession): void {
    this.sessions.add(session);
  }

  remove(session: SpectateSession): void {
    session.close();
    this.sessions.delete(session);
  }

  /** Bytes that spectators have yet to take. */
  get waitingBytes(): number {
    return [...this.sessions].reduce((sum, session) => sum + session.waitingBytes, 0);
  }

  /** A room that was deleted or turned private has no spectators. */
  private hear(notice: SessionNotice): void {
    if (!('room_id' in notice)) return;
    for (const session of this.sessions) session.lose(roomStream(notice.room_id));
  }
}
