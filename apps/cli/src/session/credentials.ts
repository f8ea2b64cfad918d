import { join } from 'node:path';
import type { ConfigFolder } from './config-folder.js';
import { serverFolder } from './server-url.js';

export interface StoredSession {
  readonly username: string;
  readonly user_id: string;
  readonly refresh_token: string;
  readonly access_token: string;
  /** Milliseconds since 1970, on this machine's clock. */
  readonly expires_at: number;
}

export interface StoredAgent {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  readonly owner_id: string;
  readonly token: string;
  readonly token_id: string;
}

/** What this person may use on one server. A file for each, so that two processes don't overwrite each other. */
export class Credentials {
  private readonly folder: string;

  constructor(
    private readonly config: ConfigFolder,
    readonly server: string,
  ) {
    this.folder = join('servers', serverFolder(server));
  }

  /** For what must not be done by two processes at once. */
  get lock(): string {
    return join(this.config.path, this.folder, 'session.lock');
  }

  session(): StoredSession | undefined {
    return this.config.read<StoredSession>(join(this.folder, 'session.json'));
  }

  saveSession(session: StoredSession): void {
    this.config.write(join(this.folder, 'session.json'), session);
  }

  removeSession(): void {
    this.config.remove(join(this.folder, 'session.json'));
  }

  agents(): StoredAgent[] {
    const files = this.config.list(join(this.folder, 'agents'));
    return files.flatMap((file) => this.config.read<StoredAgent>(file) ?? []);
  }

  saveAgent(agent: StoredAgent): void {
    this.config.write(join(this.folder, 'agents', `${agent.id}.json`), agent);
  }

  removeAgent(id: string): void {
    this.config.remove(join(this.folder, 'agents', `${id}.json`));
  }
}
