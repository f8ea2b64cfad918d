import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SignUpPolicy } from '@clawtank/auth';
import { Database } from '@clawtank/database';
import { Bus, type LogTx, type Unsubscribe } from '@clawtank/events';
import { type LimitName, LimitValues } from '@clawtank/limits';
import { isSettingName, type SettingName, type SettingValue, wantedInstead } from '../domain/settings.js';
import { readSettings } from '../persistence/settings.js';

const CHANNEL = 'clawtank:settings';
/** A node that missed the news finds out by itself. */
const LOOK_AGAIN_MS = 3_000;
const LIMIT_PREFIX = 'limits.';

/** `limits.chat_per_second` is `chatPerSecond` there. */
const limitNameOf = (name: string): LimitName =>
  name.slice(LIMIT_PREFIX.length).replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) as LimitName;

/** Brings what administrators set to every node while it runs. */
@Injectable()
export class LiveSettings implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(LiveSettings.name);
  private timer: NodeJS.Timeout | undefined;
  private unsubscribe: Unsubscribe | undefined;
  private loading: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly limits: LimitValues,
    private readonly signUp: SignUpPolicy,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.unsubscribe = await this.bus.subscribe(CHANNEL, () => void this.load());
    this.timer = setInterval(() => void this.load(), LOOK_AGAIN_MS);
    await this.load();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.unsubscribe?.();
    await this.loading;
  }

  /** What the server was started with. */
  defaultOf(name: SettingName): SettingValue {
    return name === 'sign_up.open' ? true : this.limits.configured[limitNameOf(name)];
  }

  /** Tells all nodes, this one too, once the transaction has committed. */
  changed(tx: LogTx): void {
    tx.afterCommit(() => {
      this.bus.publish(CHANNEL, '').catch((error: unknown) => {
        this.log.warn(`news of a setting was not published: ${String(error)}`);
      });
    });
  }

  /** One after the other, so that what was read first is never put in force last. */
  private load(): Promise<void> {
    this.loading = this.loading
      .then(() => this.read())
      .catch((error: unknown) => {
        this.log.warn(`settings stay as they are: ${String(error)}`);
      });
    return this.loading;
  }

  private async read(): Promise<void> {
    const rows = await readSettings(this.database);
    const set = new Map(rows.filter(isSound).map(({ name, value }) => [name, value as SettingValue]));
    const limits = [...set].filter(([name]) => name.startsWith(LIMIT_PREFIX));
    this.limits.override(Object.fromEntries(limits.map(([name, value]) => [limitNameOf(name), value])));
    this.signUp.open = set.get('sign_up.open') !== false;
  }
}

/** A newer version of the server may have kept what this one does not know. */
const isSound = ({ name, value }: { readonly name: string; readonly value: unknown }): boolean =>
  isSettingName(name) && wantedInstead(name, value) === null;
