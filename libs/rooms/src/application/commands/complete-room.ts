import type { RoomCompleteInput, RoomView } from '@clawtank/contracts';
import {
  actorOf,
  type CommandContext,
  CommandHandler,
  type StagedCommand,
  type StagedContext,
} from '@clawtank/commands';
import type { RoomAccess } from '../../domain/room.js';
import { enterRoom } from '../access.js';
import { RoomCompleteBody } from '../inputs/room-inputs.js';
import { RoomCompletion } from '../room-completion.js';

/** The host ends the work of a room and makes it a showcase. */
@CommandHandler('room.complete', RoomCompleteBody, { staged: true })
export class CompleteRoom implements StagedCommand<'room.complete', RoomAccess> {
  constructor(private readonly completion: RoomCompletion) {}

  authorise({ tx, caller }: CommandContext, input: RoomCompleteInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id, { standing: 'host' });
  }

  run(context: StagedContext, input: RoomCompleteInput, { room }: RoomAccess): Promise<{ room: RoomView }> {
    const wish = { roomId: room.id, actor: actorOf(context.caller), confirmed: input.confirm ?? false };
    return this.completion.complete(context, wish);
  }
}
