import { Injectable } from '@nestjs/common';
import { LimitsConfig } from './limits.config.js';

type Amounts = Omit<LimitsConfig, 'redisUrl'>;
export type LimitName = keyof Amounts;

/** How much is let through at the moment: what the server was started with, or what was set since. */
@Injectable()
export class LimitValues {
  private amounts: Amounts;

  constructor(private readonly config: LimitsConfig) {
    this.amounts = config;
  }

  get current(): Readonly<Amounts> {
    return this.amounts;
  }

  get configured(): Readonly<Amounts> {
    return this.config;
  }

  /** Replaces everything that was set before. */
  override(set: Partial<Amounts>): void {
    this.amounts = { ...this.config, ...set };
  }
}
