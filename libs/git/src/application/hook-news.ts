import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@clawtank/events';
import { lockRoomById, SystemLine } from '@clawtank/rooms';
import { saveTrouble } from '../persistence/hooks.js';

/** Tells a room what is wrong with its webhook, once, and when it is right again. */
@Injectable()
export class HookNews {
  constructor(
    private readonly work: UnitOfWork,
    private readonly line: SystemLine,
  ) {}

  /** @param trouble in words for the room; null: nothing is wrong */
  async tell(roomId: string, hookId: string, host: string, trouble: string | null): Promise<void> {
    await this.work.run(async (tx) => {
      if (!(await lockRoomById(tx, roomId)) || !(await saveTrouble(tx, hookId, trouble))) return;
      const text = trouble ?? `${host} tells us again what happens in the repository.`;
      await this.line.say(tx, roomId, text);
    });
  }
}
