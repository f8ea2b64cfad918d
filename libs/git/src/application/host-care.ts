import { Injectable, Logger } from '@nestjs/common';
import { CheckConnections } from './check-connections.js';
import { KeepHooks } from './keep-hooks.js';
import { RemoveHooks } from './remove-hooks.js';

/** The regular care for what ties rooms to code hosts: webhooks, and whether rules and permissions let us work. */
@Injectable()
export class HostCare {
  private readonly log = new Logger(HostCare.name);

  constructor(
    private readonly keep: KeepHooks,
    private readonly remove: RemoveHooks,
    private readonly connections: CheckConnections,
  ) {}

  async run(): Promise<void> {
    await this.attempt(() => this.keep.run());
    await this.attempt(() => this.remove.run());
    await this.attempt(() => this.connections.run());
  }

  /** One that fails must not keep the other from being done. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
}
