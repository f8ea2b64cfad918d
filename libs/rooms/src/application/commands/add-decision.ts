import type { DecisionAddInput } from '@clawtank/contracts';
import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { newId } from '@clawtank/kernel';
import type { RoomAccess } from '../../domain/room.js';
import { insertDecision } from '../../persistence/room-lists.js';
import { enterRoom } from '../access.js';
import { DecisionAddBody } from '../inputs/member-inputs.js';

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
    const id = newId();
    await insertDecision(tx, room.id, { id, text: input.text, by: actorOf(caller) });
    const data = { decision_id: id, text: input.text };
    tx.appendToRoom(room.id, { type: 'room.decision', actor: actorOf(caller), data });
    return { decision_id: id };
  }
}
