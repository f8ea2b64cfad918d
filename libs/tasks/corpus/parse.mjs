import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseLine } from '../dist/parse-lines.js';

const files = process.argv.slice(2).filter((argument) => argument !== '--');
if (files.length > 1 || files[0]?.startsWith('-')) {
  console.error('usage: pnpm parse [MESSAGES.jsonl], or the messages on standard input');
  process.exit(2);
}
const input = files[0] === undefined ? process.stdin : createReadStream(files[0]);
input.on('error', (error) => {
  console.error(`can't read ${files[0]}: ${error.message}`);
  process.exit(2);
});
// A reader that stops early, as `head` does, is no failure.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));

let number = 0;
for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
  number += 1;
  if (line.trim() === '') continue;
  try {
    const answer = `${JSON.stringify(parseLine(line))}\n`;
    if (!process.stdout.write(answer)) await new Promise((done) => process.stdout.once('drain', done));
  } catch (error) {
    console.error(`line ${number}: ${error.message}`);
    process.exitCode = 1;
  }
}
