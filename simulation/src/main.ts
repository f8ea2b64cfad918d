import { readCommand, USAGE, UsageError } from './options.js';
import { report } from './report.js';
import { table } from './table.js';

const begun = Date.now();

async function main(argv: readonly string[]): Promise<number> {
  if (argv.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  const command = readCommand(argv);
  const tell = (line: string): void =>
    console.error(`${((Date.now() - begun) / 1_000).toFixed(1).padStart(7)} s  ${line}`);
  const result = await report(command, tell);
  console.log(command.json ? JSON.stringify(result) : table(result));
  return result.broken.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : error);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
