import { CommanderError } from 'commander';
import { Cli, type Env } from './cli.js';
import { stopSignal } from './interrupt.js';
import { Output, type Sink } from './output/output.js';
import { buildProgram } from './program.js';
import type { GlobalOptions } from './start.js';
import { ConfigFolder, configHome } from './session/config-folder.js';
import { UsageError } from './usage-error.js';

const OK = 0;
const FAILED = 1;
const USAGE = 2;

const SILENT: Sink = { write: () => undefined };

interface Surroundings {
  readonly env: Env;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/**
 * Runs one command line.
 * @param args without node and script
 * @returns the exit code: 0 done, 1 failed, 2 not understood
 */
export async function main(args: readonly string[], around: Surroundings = process): Promise<number> {
  const { env, stdout, stderr } = around;
  const stop = stopSignal();
  const json = args.includes('--json');
  // With --json the parser's own words are told as the error object instead.
  const parserErrors = json ? SILENT : stderr;
  const start = (options: GlobalOptions): Cli =>
    new Cli({
      out: new Output(options.json === true, stdout, stderr),
      env,
      config: new ConfigFolder(configHome(env)),
      serverOption: options.server,
      signal: stop.signal,
    });
  try {
    await buildProgram(start, { stdout, stderr: parserErrors }).parseAsync([...args], { from: 'user' });
    return OK;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (json && error.exitCode !== 0)
        new Output(true, stdout, stderr).failure(new UsageError(error.message));
      return error.exitCode === 0 ? OK : USAGE;
    }
    // Ctrl-C during a command that follows something is how it ends.
    if (stop.signal.aborted && error === stop.signal.reason) return OK;
    new Output(json, stdout, stderr).failure(error);
    return error instanceof UsageError ? USAGE : FAILED;
  } finally {
    stop.dispose();
  }
}
