import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const DEFAULT_PORT = 4040;

export interface ServerOptions {
  /** Folder that holds everything the server keeps. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** The port was asked for: when it is taken that is an error, not a reason to choose another. */
  readonly portIsFixed: boolean;
  /** Address that people use, when it differs from where the server listens. */
  readonly publicUrl: string | undefined;
}

export class UsageError extends Error {}

export const USAGE = `Usage: npm start -- [--data DIR] [--port N] [--host ADDRESS]

  --data DIR      folder that keeps everything (default: .clawtank in the current folder, or CLAWTANK_DATA)
  --port N        port to listen on (default: ${DEFAULT_PORT}, or any free one when that is taken)
  --host ADDRESS  address to listen on (default: 127.0.0.1, this machine only)

With DATABASE_URL the server uses that PostgreSQL instead of its own, with REDIS_URL that Redis.
CLAWTANK_URL is the address people use, when a proxy stands in front.`;

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port must be 0 to 65535, not ${text}`);
  return port;
}

/**
 * Reads the command line and the few variables that stand for it.
 * @throws UsageError with a sentence for the person who typed it
 */
export function readOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ServerOptions {
  const parse = (): { data?: string; port?: string; host?: string } => {
    try {
      const known = { data: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' } } as const;
      return parseArgs({ args: [...argv], options: known, strict: true }).values;
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  };
  const { data, port, host } = parse();
  const wanted = port ?? env['CLAWTANK_PORT'];
  return {
    dataDir: resolve(data ?? env['CLAWTANK_DATA'] ?? '.clawtank'),
    host: host ?? env['CLAWTANK_HOST'] ?? '127.0.0.1',
    port: wanted === undefined ? DEFAULT_PORT : readPort(wanted),
    portIsFixed: wanted !== undefined && wanted !== '0',
    publicUrl: env['CLAWTANK_URL'],
  };
}
