import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.js';
import { freePort } from './free-port.js';
import type { Home } from './home.js';
import type { Native } from './native.js';
import type { Postmaster } from './postmaster.js';
import { StartRefused, startPostmaster } from './postmaster.js';
import { stopOrphan } from './postmaster-pid.js';

export interface Premises {
  readonly home: Home;
  readonly native: Native;
  readonly account: Account;
  readonly log: (line: string) => void;
  /** Called when PostgreSQL keeps dying and is given up. */
  readonly onLost: (error: Error) => void;
}

const PORT_TAKEN = /could not bind|could not create any TCP\/IP sockets/;
/** Children of a killed postmaster see its death within moments; until then PostgreSQL refuses to start. */
const ORPHANS_LEFT = /pre-existing shared memory block/;
const ATTEMPTS = 60;
const DEATHS_ALLOWED = 5;
const DEATHS_WINDOW_MS = 60_000;

/** One PostgreSQL on one port for as long as this process wants it: when it dies, another takes its place. */
export class SupervisedPostmaster {
  private stopping = false;
  private readonly deaths: number[] = [];
  private current: Postmaster | undefined;
  private portInUse = 0;
  private revival: Promise<void> = Promise.resolve();

  constructor(private readonly premises: Premises) {}

  get pid(): number {
    return this.current?.pid ?? 0;
  }

  get port(): number {
    return this.portInUse;
  }

  /** @throws StartRefused when PostgreSQL cannot be started. */
  async start(): Promise<void> {
    await this.begin(await freePort(), freePort);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.revival;
    await this.current?.stop();
  }

  private async begin(firstPort: number, otherPort: () => Promise<number>): Promise<void> {
    const { home, native, account, log } = this.premises;
    let port = firstPort;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await stopOrphan(home.cluster, log);
        const postmaster = await startPostmaster(home, native, account, port);
        this.current = postmaster;
        this.portInUse = port;
        void postmaster.ended.then(() => this.onEnd());
        return;
      } catch (error) {
        if (!(error instanceof StartRefused) || attempt === ATTEMPTS) throw error;
        if (PORT_TAKEN.test(error.output)) port = await otherPort();
        else if (!ORPHANS_LEFT.test(error.output)) throw error;
        await delay(100);
      }
    }
  }

  private onEnd(): void {
    if (this.stopping) return;
    const now = Date.now();
    this.deaths.push(now);
    const recent = this.deaths.filter((at) => now - at < DEATHS_WINDOW_MS).length;
    if (recent > DEATHS_ALLOWED) {
      this.premises.onLost(new Error(`PostgreSQL ended ${recent} times within a minute`));
      return;
    }
    this.premises.log('PostgreSQL ended unexpectedly and is started again');
    const samePort = this.portInUse;
    // Clients hold this address, so the port is waited for rather than changed.
    this.revival = this.begin(samePort, () => Promise.resolve(samePort)).catch((error: unknown) => {
      this.premises.onLost(error instanceof Error ? error : new Error(String(error)));
    });
  }
}
