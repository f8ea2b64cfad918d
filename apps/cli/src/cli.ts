import { ClawTankClient, RestClient, Spectator } from '@clawtank/agent-sdk';
import type { Output } from './output/output.js';
import type { ConfigFolder } from './session/config-folder.js';
import { Credentials } from './session/credentials.js';
import { serverUrl } from './session/server-url.js';
import { SessionTokens } from './session/session-tokens.js';
import { UsageError } from './usage-error.js';

export type Env = Readonly<Record<string, string | undefined>>;

interface Settings {
  readonly server?: string;
  /** By server: the room that was created or joined last. */
  readonly rooms?: Readonly<Record<string, string>>;
}

export interface CliParts {
  readonly out: Output;
  readonly env: Env;
  readonly config: ConfigFolder;
  /** What `--server` said. */
  readonly serverOption: string | undefined;
  /** Aborted when the person wants out (Ctrl-C). */
  readonly signal: AbortSignal;
}

const SETTINGS = 'config.json';

/** What every subcommand works with. */
export class Cli {
  readonly out: Output;
  readonly env: Env;
  readonly signal: AbortSignal;

  constructor(private readonly parts: CliParts) {
    this.out = parts.out;
    this.env = parts.env;
    this.signal = parts.signal;
  }

  /** @throws UsageError when no server is named anywhere */
  get server(): string {
    const named = this.parts.serverOption ?? this.env['CLAWTANK_SERVER'] ?? this.settings().server;
    if (named) return serverUrl(named);
    throw new UsageError(
      'Which server? Name it with --server URL or CLAWTANK_SERVER, or sign in with: clawtank login --server URL',
    );
  }

  get credentials(): Credentials {
    return new Credentials(this.parts.config, this.server);
  }

  /** REST as the person who is signed in. */
  get rest(): RestClient {
    return new RestClient({ server: this.server, tokens: new SessionTokens(this.credentials) });
  }

  /** REST without an account. */
  get stranger(): RestClient {
    return new RestClient({ server: this.server });
  }

  /** REST as the person who is signed in, or as a stranger. */
  get reader(): RestClient {
    return this.credentials.session() ? this.rest : this.stranger;
  }

  /** A socket as the person who is signed in. The caller closes it. */
  client(): ClawTankClient {
    return new ClawTankClient({ server: this.server, token: new SessionTokens(this.credentials) });
  }

  spectator(): Spectator {
    return new Spectator({ server: this.server });
  }

  /**
   * The room a command is about, by id or slug.
   * @throws UsageError when none is named anywhere
   */
  room(option: string | undefined): string {
    const room = option ?? this.env['CLAWTANK_ROOM'] ?? this.settings().rooms?.[this.server];
    if (room) return room;
    throw new UsageError('Which room? Name it with --room ROOM or CLAWTANK_ROOM');
  }

  rememberServer(): void {
    this.parts.config.write(SETTINGS, { ...this.settings(), server: this.server });
  }

  /** Commands without `--room` are about this room from now on. */
  rememberRoom(slug: string): void {
    const settings = this.settings();
    this.parts.config.write(SETTINGS, { ...settings, rooms: { ...settings.rooms, [this.server]: slug } });
  }

  private settings(): Settings {
    return this.parts.config.read<Settings>(SETTINGS) ?? {};
  }
}
