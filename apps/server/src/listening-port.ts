import { once } from 'node:events';
import { createServer } from 'node:net';
import type { ServerOptions } from './options.js';
import { StartError } from './start-error.js';

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there. Give --port another number, or 0 for any free one',
  EACCES: 'this account may not. Give --port a number above 1023',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

/** The code of what stands in the way, such as EADDRINUSE; undefined when nothing does. */
async function problemAt(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error
      ? String(error.code)
      : String(error);
  } finally {
    server.close();
  }
}

/**
 * Where to listen, found out before anything is started: the port of the options, or 0 (any) when that one was not
 * asked for and is taken.
 * @throws StartError when nothing can listen where it was asked to
 */
export async function listeningPort({ host, port, portIsFixed }: ServerOptions): Promise<number> {
  const problem = await problemAt(host, port);
  if (problem === undefined) return port;
  if (problem === 'EADDRINUSE' && !portIsFixed) return 0;
  throw new StartError(`Can't listen on ${host} port ${port}: ${REASONS[problem] ?? problem}`);
}
