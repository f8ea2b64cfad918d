import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Env } from '../cli.js';
import { UsageError } from '../usage-error.js';

const silent = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Asks at the terminal, without showing what is typed when it is a secret. */
export async function ask(question: string, options: { readonly secret?: boolean } = {}): Promise<string> {
  if (!process.stdin.isTTY)
    throw new UsageError(`${question.replace(/:?\s*$/, '')} is missing, and there is no terminal to ask at`);
  const output = options.secret ? silent() : process.stderr;
  // Before the question: from here on the terminal itself shows nothing, however fast somebody types or pastes.
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  process.stderr.write(question);
  try {
    return await lines.question('');
  } finally {
    lines.close();
    if (options.secret) process.stderr.write('\n');
  }
}

/** Everything on stdin without the line break at its end. */
async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

/** A password from stdin (`--password-stdin`), from CLAWTANK_PASSWORD, or typed; never from an argument. */
export async function password(env: Env, fromStdin: boolean): Promise<string> {
  if (fromStdin) return readStdin();
  return env['CLAWTANK_PASSWORD'] || ask('Password: ', { secret: true });
}

/** A code host's token from stdin (`--token-stdin`), from CLAWTANK_HOST_TOKEN, or typed; never from an argument. */
export async function hostToken(env: Env, fromStdin: boolean, host: string): Promise<string> {
  const given = fromStdin ? await readStdin() : env['CLAWTANK_HOST_TOKEN'];
  return given?.trim() || ask(`${host} token: `, { secret: true });
}
