import type { AccessToken, TokenProvider } from '@clawtank/agent-sdk';
import { RestClient } from '@clawtank/agent-sdk';
import type { SessionReply } from '@clawtank/contracts';
import { CliError } from '../usage-error.js';
import type { Credentials, StoredSession } from './credentials.js';
import { withFileLock } from './file-lock.js';

const EARLY_MS = 60_000;

/**
 * A person's session, shared by every `clawtank` process of that person: a refresh token works once, so one process
 * at a time renews it and the others take what it got from the file.
 */
export class SessionTokens implements TokenProvider {
  private refused: string | undefined;

  constructor(private readonly credentials: Credentials) {}

  async access(): Promise<AccessToken> {
    return toAccess(
      this.usable(this.read()) ?? (await withFileLock(this.credentials.lock, () => this.renew())),
    );
  }

  refuse(token: string): boolean {
    this.refused = token;
    return true;
  }

  private async renew(): Promise<StoredSession> {
    const session = this.read();
    const renewedMeanwhile = this.usable(session);
    if (renewedMeanwhile) return renewedMeanwhile;
    const rest = new RestClient({ server: this.credentials.server });
    const reply = await rest.post<SessionReply>('/auth/refresh', { refresh_token: session.refresh_token });
    const next = storedSession(reply, session.refresh_token);
    this.credentials.saveSession(next);
    return next;
  }

  private read(): StoredSession {
    const session = this.credentials.session();
    if (session) return session;
    throw new CliError(
      'cli.not_signed_in',
      `Not signed in to ${this.credentials.server}. Try: clawtank login`,
    );
  }

  private usable(session: StoredSession): StoredSession | undefined {
    const fresh = session.expires_at - EARLY_MS > Date.now();
    return fresh && session.access_token !== this.refused ? session : undefined;
  }
}

const toAccess = (session: StoredSession): AccessToken => ({
  token: session.access_token,
  renewAt: session.expires_at - EARLY_MS,
});

/** What is kept of a session that the server opened or renewed. */
export const storedSession = (reply: SessionReply, before?: string): StoredSession => ({
  username: reply.user.username,
  user_id: reply.user.id,
  refresh_token: reply.refresh_token ?? before ?? '',
  access_token: reply.access_token,
  expires_at: Date.now() + reply.expires_in * 1000,
});
