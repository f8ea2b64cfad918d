import { type LogTx, SYSTEM_ACTOR } from '@clawtank/events';

/**
 * Keeps a room, locked by this transaction, in `initializing` with what went wrong, and tells its members.
 * Nothing happens in a room that is set up.
 * @param text null when a new attempt begins
 */
export async function setSetupError(tx: LogTx, roomId: string, text: string | null): Promise<void> {
  const touched = await tx.execute(
    `UPDATE rooms SET setup_error = $2
     WHERE id = $1 AND state = 'initializing' AND setup_error IS DISTINCT FROM $2`,
    [roomId, text],
  );
  if (touched === 0) return;
  const data = { setup_error: text };
  tx.appendToRoom(roomId, { type: 'room.settings_changed', actor: SYSTEM_ACTOR, data });
}
