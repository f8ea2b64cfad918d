import type { GitCredential, RoomRef, RoomView } from '@clawtank/contracts';
import { type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { invariant } from '@clawtank/kernel';
import { fail } from '../../domain/failures.js';
import type { RoomAccess } from '../../domain/room.js';
import { findRepositoryRequest, retryRepositoryRequest } from '../../persistence/repository-requests.js';
import { findRoom } from '../../persistence/room-rows.js';
import { enterRoom } from '../access.js';
import { RoomRefBody } from '../inputs/room-inputs.js';
import { roomView } from '../room-view.js';
import { issueSetupCredential } from '../setup-credential.js';
import { setSetupError } from '../set-setup-error.js';

/** Tries a failed set-up again; a host who is to push the first heads gets a new password at any time. */
@CommandHandler('room.retry_setup', RoomRefBody, { secretReply: 'git_credential' })
export class RetrySetup implements Command<'room.retry_setup', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: RoomRef): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id, { standing: 'host' });
  }

  async run(
    { tx }: CommandContext,
    _input: RoomRef,
    { room }: RoomAccess,
  ): Promise<{ room: RoomView; git_credential?: GitCredential }> {
    const request = await findRepositoryRequest(tx, room.id);
    invariant(request, `room ${room.id} has no repository request`);
    const pushes = request.source === 'push';
    if (room.state !== 'initializing' || (room.setupError === null && !pushes)) {
      throw fail('room.setup_not_failed', {});
    }
    await setSetupError(tx, room.id, null);
    await retryRepositoryRequest(tx, room.id);
    const after = await findRoom(tx, room.id);
    invariant(after, `room ${room.id} vanished under its lock`);
    const view = await roomView(tx, after);
    return pushes ? { room: view, git_credential: await issueSetupCredential(tx, room) } : { room: view };
  }
}
