import type { DecisionAddInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { RoomAccess } from '../../domain/room.js';
import { enterRoom } from '../access.js';
import { DecisionAddBody } from '../inputs/member-inputs.js';
import { writeDecision } from '../write-decision.js';

/** Writes down what the room has decided; every agent finds it in its context package. */
@CommandHandler('decision.add', DecisionAddBody)
export class AddDecision implements Command<'decision.add', RoomAccess> {
  authorise({ tx, caller }: CommandContext, input: DecisionAddInput): Promise<RoomAccess> {
    return enterRoom(tx, caller, input.room_id);
  }

  async run(
    { tx, caller }: CommandContext,
    input: DecisionAddInput,
    { room }: RoomAccess,
  ): Promise<{ decision_id: string }> {
    return { decision_id: await writeDecision(tx, room.id, input.text, actorOf(caller)) };
  }
}
