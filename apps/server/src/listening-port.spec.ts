import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { listeningPort } from './listening-port.js';
import { readOptions } from './options.js';
import { StartError } from './start-error.js';

describe('listeningPort', () => {
  let other: Server;
  let taken: number;

  beforeAll(async () => {
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    taken = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => other.close());

  const options = (fixed: boolean, port = taken) => ({ ...readOptions([], {}), port, portIsFixed: fixed });

  it('refuses a port that was asked for and is taken', async () => {
    const sentence = `Can't listen on 127.0.0.1 port ${taken}: another program listens there`;
    await expect(listeningPort(options(true))).rejects.toThrow(sentence);
  });

  it('takes any other port when the usual one is taken', async () => {
    expect(await listeningPort(options(false))).toBe(0);
  });

  it('keeps a free one', async () => {
    expect(await listeningPort(options(false, 0))).toBe(0);
  });

  it('refuses an address that this machine does not have', async () => {
    const elsewhere = { ...options(false, 0), host: '192.0.2.1' };
    await expect(listeningPort(elsewhere)).rejects.toThrow(StartError);
  });
});
