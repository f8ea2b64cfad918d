import { ClawTankClient, cookieTokens, hasCode, RestClient } from '@clawtank/agent-sdk';
import type { OwnUserView, SessionReply } from '@clawtank/contracts';
import { removeThisDevice } from '../device/push';

/** Who sits at this page. `unknown` until the server was asked. */
export type SessionState =
  | { readonly status: 'unknown' }
  | { readonly status: 'guest' }
  | { readonly status: 'member'; readonly user: OwnUserView };

const UNKNOWN: SessionState = { status: 'unknown' };
const GUEST: SessionState = { status: 'guest' };
const RETRY_MS = 2_000;

/**
 * The reader's own session. The access token lives in this object and nowhere else; the refresh token is in a cookie
 * that no script sees, and a mark beside it tells whether asking for the next access token is worth it.
 */
export class Session {
  private state: SessionState = UNKNOWN;
  private asked = false;
  private held: ClawTankClient | undefined;
  private readonly listeners = new Set<() => void>();

  /** Asks who this is, once: the first page that wants to know begins, before it is drawn. */
  begin(): void {
    if (!this.asked) void this.resume();
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.begin();
    return () => this.listeners.delete(listener);
  };

  readonly get = (): SessionState => this.state;

  /** The member's connection to the server: REST at once, the socket as soon as a room or a command asks for it. */
  get client(): ClawTankClient {
    if (!this.held) throw new Error('there is no client without a session');
    return this.held;
  }

  /** Asks who this is; for after a sign-in that went over another site. */
  async resume(): Promise<void> {
    this.asked = true;
    if (!document.cookie.split('; ').includes('clawtank_signed_in=1')) return this.tell(GUEST);
    const rest = new RestClient({ server: location.origin, credentials: 'include' });
    for (;;) {
      try {
        return this.enter(await rest.post<SessionReply>('/auth/refresh', {}));
      } catch (error) {
        if (hasCode(error, 'AUTHENTICATION_FAILED') || hasCode(error, 'TOKEN_EXPIRED'))
          return this.tell(GUEST);
        // A server that is away says nothing about who this is.
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        if (this.state !== UNKNOWN) return;
      }
    }
  }

  /** Goes on as the person whom a sign-in or a registration answered. */
  enter(reply: SessionReply): void {
    this.asked = true;
    this.held?.close();
    const server = location.origin;
    this.held = new ClawTankClient({ server, token: cookieTokens({ server, first: reply }) });
    this.held.states(({ state, error }) => {
      if (state === 'closed' && hasCode(error, 'AUTHENTICATION_FAILED')) this.tell(GUEST);
    });
    this.tell({ status: 'member', user: reply.user });
  }

  /** The account after it was changed in the settings. */
  rename(user: OwnUserView): void {
    if (this.state.status === 'member') this.tell({ status: 'member', user });
  }

  /** Signs out on this device. */
  async leave(): Promise<void> {
    if (this.held) await removeThisDevice(this.held);
    const rest = new RestClient({ server: location.origin, credentials: 'include' });
    await rest.post('/auth/logout', {});
    this.held?.close();
    this.held = undefined;
    this.tell(GUEST);
  }

  private tell(state: SessionState): void {
    this.state = state;
    for (const listener of [...this.listeners]) listener();
  }
}
