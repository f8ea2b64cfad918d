import { type CommandContext, CommandHandler } from '@clawtank/commands';
import type { AdminRoomInput } from '@clawtank/contracts';
import { RoomModeration } from '@clawtank/rooms';
import { AdminAction, type Done } from './admin-action.js';
import { AdminRoomBody } from './inputs.js';

@CommandHandler('admin.lock_room', AdminRoomBody)
export class LockRoom extends AdminAction<'admin.lock_room'> {
  readonly action = 'admin.lock_room';

  constructor(private readonly rooms: RoomModeration) {
    super();
  }

  protected async act(
    { tx }: CommandContext,
    { room_id, reason }: AdminRoomInput,
  ): Promise<Done<'admin.lock_room'>> {
    const { slug } = await this.rooms.lock(tx, room_id, reason ?? null);
    return { reply: { room_id }, target: { kind: 'room', id: room_id }, details: { slug, reason } };
  }
}

@CommandHandler('admin.unlock_room', AdminRoomBody)
export class UnlockRoom extends AdminAction<'admin.unlock_room'> {
  readonly action = 'admin.unlock_room';

  constructor(private readonly rooms: RoomModeration) {
    super();
  }

  protected async act(
    { tx }: CommandContext,
    { room_id, reason }: AdminRoomInput,
  ): Promise<Done<'admin.unlock_room'>> {
    const { slug } = await this.rooms.unlock(tx, room_id);
    return { reply: { room_id }, target: { kind: 'room', id: room_id }, details: { slug, reason } };
  }
}

@CommandHandler('admin.delete_room', AdminRoomBody)
export class RemoveRoom extends AdminAction<'admin.delete_room'> {
  readonly action = 'admin.delete_room';

  constructor(private readonly rooms: RoomModeration) {
    super();
  }

  protected async act(
    { tx, caller }: CommandContext,
    { room_id, reason }: AdminRoomInput,
  ): Promise<Done<'admin.delete_room'>> {
    const { slug, name } = await this.rooms.remove(tx, room_id, caller.id);
    return { reply: { room_id }, target: { kind: 'room', id: room_id }, details: { slug, name, reason } };
  }
}
