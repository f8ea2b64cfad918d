'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { LoadError } from '../../forms/load-error';
import { useRead } from '../../session/use-session';
import { day } from '../../time/day';
import { Button } from '../../ui/button';
import { SkeletonRows } from '../../ui/empty';
import { useCommand, useRoom } from '../room-context';

/** Whom the host has shut out, and the way back. */
export function Bans() {
  const room_id = useRoom((snapshot) => snapshot.room.id);
  // A ban is told as its person leaving.
  const members = useRoom((snapshot) => snapshot.members.length);
  const queries = useQueryClient();
  const bans = useRead('bans.list', { room_id });
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['bans.list'] });
  }, [members, queries]);
  const { run, busy } = useCommand();
  if (bans.isError) return <LoadError error={bans.error} again={() => void bans.refetch()} />;
  if (!bans.data) return <SkeletonRows rows={1} />;
  const { items } = bans.data;
  if (items.length === 0)
    return (
      <p className="t2">Nobody. To whom you ban from the list above, this room does not exist any more.</p>
    );
  const lift = async (user_id: string): Promise<void> => {
    await run('member.unban', { room_id, user_id }, 'The ban was not lifted');
    await queries.invalidateQueries({ queryKey: ['bans.list'] });
  };
  return (
    <ul className="list">
      {items.map(({ user, created_at }) => (
        <li className="row setting-row" key={user.id}>
          <span className="grow cut">
            {user.display_name} <span className="t3">@{user.username}</span>
          </span>
          <span className="t3 sm hide-s">since {day(created_at)}</span>
          <Button
            size="sm"
            busy={busy}
            onClick={() => void lift(user.id)}
            aria-label={`Lift the ban of ${user.display_name}`}
          >
            Lift the ban
          </Button>
        </li>
      ))}
    </ul>
  );
}
