import { Injectable } from '@nestjs/common';
import { GLOBAL_STREAM, userStream } from '@clawtank/contracts';
import type { Caller } from '@clawtank/commands';
import { LogReader } from '@clawtank/events';
import { requireMember } from '@clawtank/rooms';
import { fail } from '../connection/failures.js';
import { Access } from './access-policy.js';
import { RoomSights } from './room-sights.js';
import { viewerOf } from './stream-access.js';

const ROOM = 'room:';

/** Where a stream stands for somebody who may read it. */
export interface StreamSight {
  readonly head: number;
  readonly epoch: string;
  /** Left out where access can't be lost. */
  readonly access?: Access;
}

/** Checks who may read a stream in its members' form: the own one, the global one, or that of a room one belongs to. */
@Injectable()
export class StreamSights {
  constructor(
    private readonly rooms: RoomSights,
    private readonly reader: LogReader,
  ) {}

  /** @throws stream.not_found for another's own stream; room.not_found, room.members_only */
  async see(caller: Caller, stream: string): Promise<StreamSight> {
    if (stream === GLOBAL_STREAM || stream === userStream(caller.id)) return this.reader.position(stream);
    if (!stream.startsWith(ROOM)) throw fail('stream.not_found', {});
    const { sight, head, epoch } = await this.rooms.see(caller, stream.slice(ROOM.length));
    const { standing } = requireMember(sight);
    return { head, epoch, access: new Access(viewerOf(caller, standing), head) };
  }
}
