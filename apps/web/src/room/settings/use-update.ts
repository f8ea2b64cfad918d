'use client';

import type { RoomUpdateInput } from '@clawtank/contracts';
import { type Refusal, useSend } from '../../forms/use-send';
import { useClient } from '../../session/use-session';
import { toast } from '../../ui/toasts';
import { useRoom } from '../room-context';

/** Sends changes of the room; its stream brings them to this page and to everybody else's. */
export function useUpdate(): {
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  readonly update: (change: Omit<RoomUpdateInput, 'room_id' | 'command_id'>) => Promise<boolean>;
} {
  const client = useClient();
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const { busy, refusal, send } = useSend();
  return {
    busy,
    refusal,
    update: (change) =>
      send(async () => {
        await client.rest.command('room.update', { room_id, ...change });
        toast({ title: 'Saved', tone: 'success' });
      }),
  };
}
