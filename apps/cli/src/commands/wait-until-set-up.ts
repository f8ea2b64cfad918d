import type { RoomView } from '@clawtank/contracts';
import type { Cli } from '../cli.js';
import { CliError } from '../usage-error.js';
import { pause } from './pause.js';

const POLL_MS = 250;
const LIMIT_MS = 15 * 60_000;

/**
 * Waits until the room's repository is there.
 * @throws CliError `room.setup_failed` with what went wrong
 */
export async function waitUntilSetUp(cli: Cli, room: RoomView): Promise<RoomView> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const now = await readRoom(cli, room.id);
    if (now.state !== 'creating' && now.state !== 'initializing') return now;
    if (now.setup_error) {
      throw new CliError(
        'room.setup_failed',
        `${now.slug} was opened, but its repository is not there: ${now.setup_error}`,
      );
    }
    if (Date.now() > deadline) throw new CliError('room.setup_slow', `${now.slug} is still being set up`);
    await pause(POLL_MS, cli.signal);
  }
}

/** The room as its members see it. */
export async function readRoom(cli: Cli, ref: string): Promise<RoomView> {
  const { room } = await cli.rest.query('rooms.get', { room_id: ref }, { signal: cli.signal });
  if ('repository' in room) return room;
  throw new CliError('room.members_only', `You are not a member of ${room.slug}; its host can invite you`);
}
