import { pathToFileURL } from 'node:url';

const PATIENCE_MS = 3_000;

/**
 * Runs the program named by the first argument, and ends it when whoever started it is gone: only that process
 * holds the other end of this standard input, so the pipe closes however it went, `kill -9` included.
 */
const [, , program] = process.argv;
if (!program) throw new Error('no program to run');

process.stdin.once('close', () => {
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// Nobody reads the output of an orphan, and failing to write it must not keep it from draining.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.stdin.resume();
process.argv.splice(1, 2, program);
await import(pathToFileURL(program).href);
