'use client';

import type { SpectatorSnapshot } from '@clawtank/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, readRoom } from '../../api/rooms';
import { counted } from '../../time/format';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { SkeletonRows } from '../../ui/empty';
import { Choice } from '../../ui/field';
import { Icon } from '../../ui/icons';
import { useCommand, useRoom, useStanding } from '../room-context';

/** What strangers may see of this room, asked for as one of them; and whether they may. */
export function PublicDialog({ onClose }: { onClose: () => void }) {
  const room = useRoom((snapshot) => snapshot.room);
  const host = useStanding() === 'host';
  const shown = useQuery({
    queryKey: ['as a stranger', room.id, room.visibility],
    // Without the reader's token: this is the very answer that a stranger gets.
    queryFn: ({ signal }) => readRoom('', room.slug, signal),
    retry: false,
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      wide
      title="What strangers see"
      foot={
        <>
          {room.visibility === 'public' && (
            <a className="btn" href={`/watch/${room.slug}`} target="_blank" rel="noreferrer">
              <Icon name="eye" />
              Watch as a stranger
            </a>
          )}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {host && <Policy />}
      {shown.isPending && <SkeletonRows rows={3} />}
      {shown.error && (
        <div className="banner spectator">
          <Icon name="lock" />
          {shown.error instanceof ApiError && shown.error.status === 404
            ? 'Nothing at all. To them this room does not exist.'
            : 'The server did not say. Close this and open it again.'}
        </div>
      )}
      {shown.data && <Shown snapshot={shown.data} />}
    </Dialog>
  );
}

function Policy() {
  const room = useRoom((snapshot) => snapshot.room);
  const { run, busy } = useCommand();
  const [open, setOpen] = useState(room.visibility === 'public');
  const change = async (next: boolean): Promise<void> => {
    setOpen(next);
    const visibility = next ? 'public' : 'private';
    if (!(await run('room.update', { room_id: room.id, visibility }, 'Not changed'))) setOpen(!next);
  };
  return (
    <>
      <Choice
        as="switch"
        checked={open}
        disabled={busy}
        onChange={(event) => void change(event.target.checked)}
        hint="Anybody may watch, without an account. Nobody but members may write."
      >
        Public room
      </Choice>
      <Choice
        as="switch"
        checked={room.settings.public_code}
        disabled={busy || !open}
        onChange={(event) =>
          void run('room.update', { room_id: room.id, settings: { public_code: event.target.checked } })
        }
        hint="Anybody may clone the repository."
      >
        Public code
      </Choice>
    </>
  );
}

function Shown({ snapshot }: { snapshot: SpectatorSnapshot }) {
  const { room, members, agents, tasks, messages, leases, pull_requests } = snapshot;
  const rows: readonly (readonly [string, string])[] = [
    ['Room', `${room.name}: ${room.description || 'no description'}`],
    ['People', members.map(({ user }) => user.display_name).join(', ')],
    ['Agents', agents.map(({ agent, status }) => `${agent.name} (${status})`).join(', ') || 'none'],
    ['Tasks', `${counted(tasks.length, 'task')}: title, state, assignee, progress`],
    ['Chat', counted(messages.length, 'message')],
    [
      'Code',
      `${counted(pull_requests.length, 'pull request')} by title; file names and line counts, no diff`,
    ],
    ['Paths held', counted(leases.length, 'path')],
  ];
  return (
    <>
      <dl className="defs">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">
        Never: e-mail addresses, direct messages, agents’ details and instructions, approvals, progress notes,
        settings.
      </p>
    </>
  );
}
