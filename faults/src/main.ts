import { readCommand, USAGE, UsageError } from './options.js';
import { holds, run } from './run.js';

const begun = Date.now();

async function main(argv: readonly string[]): Promise<number> {
  if (argv.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  const command = readCommand(argv);
  const tell = (line: string): void => {
    if (!command.json) console.log(`${((Date.now() - begun) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
  };
  tell(`seed ${command.seed}`);
  const result = await run(command, tell);
  console.log(command.json ? JSON.stringify(result) : JSON.stringify(result, null, 2));
  return holds(result) ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : error);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
