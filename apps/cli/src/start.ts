import type { Cli } from './cli.js';

export interface GlobalOptions {
  readonly json?: true;
  readonly server?: string;
}

/** Makes what a subcommand works with, once its options are known. */
export type Start = (options: GlobalOptions) => Cli;
