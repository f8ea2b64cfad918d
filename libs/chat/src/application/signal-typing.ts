import { actorOf, type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import { type RoomRef, roomStream } from '@clawtank/contracts';
import { StreamHub } from '@clawtank/events';
import { Logger } from '@nestjs/common';
import { requireMember, type RoomAccess, viewRoom } from '@clawtank/rooms';
import { TypingBody } from './inputs.js';

/** Lets the others see that somebody types. Takes no lock and leaves no trace; it may be lost. */
@CommandHandler('chat.typing', TypingBody, { ephemeral: true })
export class SignalTyping implements Command<'chat.typing', RoomAccess> {
  private readonly log = new Logger(SignalTyping.name);

  constructor(private readonly hub: StreamHub) {}

  async authorise({ tx, caller }: CommandContext, input: RoomRef): Promise<RoomAccess> {
    return requireMember(await viewRoom(tx, caller, input.room_id));
  }

  run({ tx, caller }: CommandContext, _input: RoomRef, { room }: RoomAccess): Promise<Record<string, never>> {
    const signal = { type: 'chat.typing', room_id: room.id, actor: actorOf(caller) } as const;
    tx.afterCommit(() => {
      this.hub.signal(roomStream(room.id), signal).catch((error: unknown) => {
        this.log.debug(`typing was not signalled: ${String(error)}`);
      });
    });
    return Promise.resolve({});
  }
}
