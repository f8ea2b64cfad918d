import 'reflect-metadata';
import { InvalidConfig } from '@clawtank/config';
import { EmbeddedPostgresError } from './embedded/index.js';
import { readOptions, USAGE, UsageError } from './options.js';
import { StartError } from './start-error.js';
import { startServer } from './start-server.js';

const STOP_LIMIT_MS = 20_000;
const ECHO_MS = 1_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function isExpected(error: unknown): error is Error {
  return (
    error instanceof StartError || error instanceof InvalidConfig || error instanceof EmbeddedPostgresError
  );
}

/**
 * Ctrl-C and a polite kill drain; whoever is impatient and asks again gets the end at once. One Ctrl-C under
 * `npm start` arrives twice within moments, from the terminal and from npm.
 */
function stopOnSignal(stop: () => Promise<void>): void {
  let askedAt = 0;
  const end = (): void => {
    if (askedAt > 0 && Date.now() - askedAt > ECHO_MS) process.exit(1);
    if (askedAt > 0) return;
    askedAt = Date.now();
    say('Stopping …');
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        say(String(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
}

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.includes('--help')) return say(USAGE);
  const options = readOptions(argv, process.env);
  const server = await startServer(options, say);
  stopOnSignal(() => server.stop());
  say(`ClawTank is ready at ${server.url}`);
  say(`Data is kept in ${options.dataDir}`);
  if (server.setupCode) {
    say(
      `The first account becomes administrator. From another machine it needs the set-up code ${server.setupCode}`,
    );
  }
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) say(`${error.message}\n\n${USAGE}`);
  else
    say(
      isExpected(error)
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    );
  process.exit(error instanceof UsageError ? 2 : 1);
});
