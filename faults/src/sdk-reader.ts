import { ClawTankClient, type TokenProvider } from '@clawtank/agent-sdk';
import { Reading } from './reading.js';
import type { Reader, ReaderOptions } from './readers.js';
import type { Session } from './session.js';

const tokensOf = (session: Session): TokenProvider => ({
  access: async () => ({ token: await session.access(), renewAt: Date.now() + 240_000 }),
  refuse: () => false,
});

/** The SDK as an agent uses it: what it heals by itself is healed here too. */
export function sdkReader(options: ReaderOptions, session: Session, epoch: string): Reader {
  const reading = new Reading(options.name, `room:${options.roomId}`, 'member', options.start);
  const client = new ClawTankClient({ server: options.server, token: tokensOf(session) });
  const run = async (): Promise<void> => {
    const after = { seq: options.start, epoch };
    const stream = await client.room(options.roomId).join({ after });
    for await (const update of stream.updates()) {
      if (update.kind === 'resync') reading.beginAnew(update.snapshot.cursor, update.snapshot.epoch);
      else reading.take(update.frame);
    }
  };
  run().catch((error: unknown) => {
    if (!client.closed.aborted) console.error(`${options.name}: ${String(error)}`);
  });
  client.states(({ state }) => {
    if (state === 'open') reading.connections += 1;
  });
  return { reading, stop: () => client.close() };
}
