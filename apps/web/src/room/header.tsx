'use client';

import Link from 'next/link';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { Action } from '../keys/registry';
import { useActions } from '../keys/use-actions';
import { AccountMenu } from '../session/account-menu';
import { perMinute } from '../story/pulse';
import { stateOf } from '../story/words';
import { count } from '../time/format';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';
import { Icon } from '../ui/icons';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { Pulse } from '../ui/pulse';
import { Tip } from '../ui/tip';
import { useCast, useCommand, useRoom, useRoomState, useStanding, useStory } from './room-context';
import { useBeats } from './use-pulse';

const CompleteDialog = lazy(() =>
  import('./dialogs/complete').then((part) => ({ default: part.CompleteDialog })),
);
const InviteDialog = lazy(() => import('./dialogs/invite').then((part) => ({ default: part.InviteDialog })));
const PublicDialog = lazy(() =>
  import('./dialogs/public-form').then((part) => ({ default: part.PublicDialog })),
);

type Open = 'invite' | 'complete' | 'public' | null;

/** The room's bar: where it stands, how it beats, who watches, and what its host does with it. */
export function Header() {
  const room = useRoom((snapshot) => snapshot.room);
  const standing = useStanding();
  const [open, setOpen] = useState<Open>(null);
  const { run, busy } = useCommand();
  const state = stateOf(room);
  const host = standing === 'host';
  const hold = () => void run('room.hold', { room_id: room.id, hold: !room.hold });
  const close = () => setOpen(null);
  useActions(
    useMemo<readonly Action[]>(
      () => [
        {
          id: 'invite',
          label: 'Invite somebody',
          group: 'Room',
          keys: 'i',
          icon: 'invite',
          run: () => setOpen('invite'),
        },
        {
          id: 'public',
          label: 'What strangers see',
          group: 'Room',
          icon: 'eye',
          run: () => setOpen('public'),
        },
      ],
      [],
    ),
  );
  return (
    <header className="top">
      <Link className="logo" href="/" prefetch={false} aria-label="ClawTank, live rooms">
        <Icon name="claw" />
      </Link>
      <span className="div hide-s" />
      <div className="crumb">
        <h1 className="cut">{room.name}</h1>
        <span className={`chip lg ${state.tone === 'plain' ? 'soft' : state.tone}`}>
          <Icon name={state.icon} size={14} />
          {state.word}
        </span>
        <Repository />
      </div>
      <span className="grow" />
      <Beats />
      <span className="div hide-s" />
      <Watching onOpen={() => setOpen('public')} />
      <People />
      {standing !== 'spectator' && (
        <Button kind="ghost" size="sm" icon="invite" className="hide-s" onClick={() => setOpen('invite')}>
          Invite
        </Button>
      )}
      {host && !state.finished && (
        <>
          <Tip text="Claims, pushes and merges wait until you resume">
            <Button
              size="sm"
              icon={room.hold ? 'play' : 'pause'}
              className="hide-s"
              busy={busy}
              onClick={hold}
            >
              {room.hold ? 'Resume' : 'Hold'}
            </Button>
          </Tip>
          <Button size="sm" icon="flag" className="hide-s" onClick={() => setOpen('complete')}>
            Complete
          </Button>
        </>
      )}
      <Menu trigger={<Button kind="ghost" icon="dots" className="icon" aria-label="Room menu" />}>
        <MenuItem icon="invite" onSelect={() => setOpen('invite')}>
          Invite
        </MenuItem>
        <MenuItem icon="term" href={`/agents/new?room=${room.slug}`}>
          Connect an agent
        </MenuItem>
        <MenuItem icon="eye" onSelect={() => setOpen('public')}>
          What strangers see
        </MenuItem>
        {host && (
          <>
            <MenuSeparator />
            {!state.finished && (
              <>
                <MenuItem icon={room.hold ? 'play' : 'pause'} onSelect={hold}>
                  {room.hold ? 'Resume the room' : 'Hold the room'}
                </MenuItem>
                <MenuItem icon="flag" onSelect={() => setOpen('complete')}>
                  Complete the room
                </MenuItem>
              </>
            )}
            <MenuItem icon="gear" href={`/rooms/${room.slug}/settings`}>
              Settings
            </MenuItem>
          </>
        )}
      </Menu>
      <span className="hide-s">
        <AccountMenu />
      </span>
      <Suspense>
        {open === 'invite' && <InviteDialog onClose={close} />}
        {open === 'complete' && <CompleteDialog onClose={close} />}
        {open === 'public' && <PublicDialog onClose={close} />}
      </Suspense>
    </header>
  );
}

function Repository() {
  const { host, clone_url, default_branch, head_sha } = useRoom((snapshot) => snapshot.room.repository);
  const name = clone_url
    .replace(/^https?:\/\/[^/]+\//, '')
    .replace(/^\/?git\//, '')
    .replace(/\.git$/, '');
  return (
    <>
      <span className="slug hide-m" title={host === 'local' ? 'On the built-in host' : `On ${host}`}>
        <Icon name="repo" />
        {name}
      </span>
      <span className="slug hide-m">
        <Icon name="branch" />
        {default_branch} <span className="t3">{head_sha?.slice(0, 7)}</span>
      </span>
    </>
  );
}

function Beats() {
  const { log } = useStory();
  const live = useRoomState((state) => state.link === 'live');
  const { counts, marks } = useBeats(log);
  return (
    <span className="row hide-m beats">
      <Pulse counts={counts} live={live} marks={marks} />
      <span className="sm t3 num">{perMinute(counts)}/min</span>
    </span>
  );
}

function Watching({ onOpen }: { onOpen: () => void }) {
  const watching = useRoomState((state) => state.signals.watching);
  const visibility = useRoom((snapshot) => snapshot.room.visibility);
  if (visibility === 'private')
    return (
      <span className="row sm t3 hide-s">
        <Icon name="lock" size={14} />
        Private
      </span>
    );
  return (
    <button type="button" className="row sm b watching" onClick={onOpen} aria-label={`${watching} watching`}>
      <Icon name="eye" />
      <span className="num">{count(watching)}</span>
    </button>
  );
}

function People() {
  const cast = useCast();
  const members = useRoom((snapshot) => snapshot.members);
  const shown = members.filter(({ role }) => role !== 'spectator').slice(0, 4);
  return (
    <span className="stack hide-m">
      {shown.map(({ user }) => {
        const look = cast.people.get(user.id);
        return look && <Avatar key={user.id} look={look} size={24} />;
      })}
    </span>
  );
}
