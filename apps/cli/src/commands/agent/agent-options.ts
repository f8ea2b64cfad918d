import type { Command } from 'commander';
import { collect } from '../options.js';

export interface AgentOptions {
  readonly model?: string;
  readonly capability?: readonly string[];
  readonly language?: readonly string[];
}

/** What an agent says of itself; the same for making one and for running one. */
export const withAgentOptions = (command: Command): Command =>
  command
    .option('-m, --model <model>', 'what it runs on, for people to know')
    .option('-c, --capability <word>', 'what it can do; repeatable', collect)
    .option('-l, --language <word>', 'a programming language; repeatable', collect);
