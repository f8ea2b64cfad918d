import { startCluster } from './cluster.js';
import { readCommand, USAGE, UsageError } from './options.js';
import { openPremises } from './premises.js';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const asked = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
});

async function main(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help')) return say(USAGE);
  const command = readCommand(argv);
  const premises = await openPremises(command, say);
  try {
    const { nodesOfAKind, port } = command;
    const cluster = await startCluster({ ...premises, nodesOfAKind, port });
    for (const { name, url, pid } of cluster.nodes)
      say(`${name} listens at ${url ?? '?'} (process ${pid ?? '?'})`);
    say(`ClawTank is ready at ${cluster.url}`);
    await asked;
    say('Stopping …');
    await cluster.stop();
  } finally {
    await premises.close();
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    say(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : String(error));
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
