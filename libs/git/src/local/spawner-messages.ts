import type { ProcessOutput, ProcessRun } from './run-process.js';

/** To the process that starts programs: start one, or end one. */
export type Ask =
  | {
      readonly id: number;
      readonly program: string;
      readonly args: readonly string[];
      readonly run: Omit<ProcessRun, 'signal'>;
    }
  | { readonly id: number; readonly stop: true };

/** From it: what a program said, or why it could not be started. */
export type Answer =
  | { readonly id: number; readonly output: Omit<ProcessOutput, 'stdout'> & { readonly stdout: Uint8Array } }
  | { readonly id: number; readonly code: string | undefined; readonly message: string };
