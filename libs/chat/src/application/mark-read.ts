import {
  actorOf,
  type Command,
  type CommandContext,
  CommandHandler,
  type Query,
  type QueryContext,
  QueryHandler,
} from '@clawtank/commands';
import { type ChatReadInput, userStream } from '@clawtank/contracts';
import { type RoomSight, viewRoom } from '@clawtank/rooms';
import { fail } from '../domain/failures.js';
import { moveReadMark, readMarkOf } from '../persistence/read-marks.js';
import { ReadBody, TypingBody } from './inputs.js';

interface MarkOfRoom {
  readonly room_id: string;
  readonly seq: number;
}

/** Remembers up to where somebody has read, and tells their other devices. Takes no lock of the room. */
@CommandHandler('chat.read', ReadBody)
export class MarkRead implements Command<'chat.read', RoomSight> {
  async authorise({ tx, caller }: CommandContext, input: ChatReadInput): Promise<RoomSight> {
    const sight = await viewRoom(tx, caller, input.room_id);
    if (sight.standing === 'stranger') throw fail('chat.members_only', {});
    return sight;
  }

  async run({ tx, caller }: CommandContext, input: ChatReadInput, { room }: RoomSight): Promise<MarkOfRoom> {
    const { seq, moved } = await moveReadMark(tx, room.id, caller.id, input.seq);
    const data = { room_id: room.id, seq };
    if (moved) tx.appendTo(userStream(caller.id), { type: 'chat.read', actor: actorOf(caller), data });
    return data;
  }
}

/** A stranger has read nothing. */
@QueryHandler('chat.read_mark', TypingBody)
export class GetReadMark implements Query<'chat.read_mark'> {
  async run({ tx, caller }: QueryContext, input: { room_id: string }): Promise<MarkOfRoom> {
    const { room } = await viewRoom(tx, caller, input.room_id);
    return { room_id: room.id, seq: caller ? await readMarkOf(tx, room.id, caller.id) : 0 };
  }
}
