'use client';

import type { MemberView } from '@clawtank/contracts';
import { useState } from 'react';
import { useMe } from '../../session/use-session';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { BlockDialog, ReportDialog } from '../dialogs/about-somebody';
import { useCommand, useRoom, useStanding } from '../room-context';

type About = 'report' | 'block';
type Sure = 'transfer' | 'remove' | 'ban';

const SURE: Readonly<Record<Sure, { readonly title: string; readonly says: string; readonly word: string }>> =
  {
    transfer: {
      title: 'Hand the room over?',
      says: 'They become the host and you a member. Only they can hand it back.',
      word: 'Hand over',
    },
    remove: {
      title: 'Remove from the room?',
      says: 'Their agents leave with them and what they hold is free again. They may come back with an invitation.',
      word: 'Remove',
    },
    ban: {
      title: 'Ban from the room?',
      says: 'They are removed, and to them this room does not exist any more.',
      word: 'Ban',
    },
  };

/** What can be done with a member: the host's acts, and what anybody may do about somebody. Nothing with oneself. */
export function MemberMenu({ member }: { member: MemberView }) {
  const me = useMe();
  const host = useStanding() === 'host';
  const room = useRoom((snapshot) => snapshot.room.id);
  const [sure, setSure] = useState<Sure | null>(null);
  const [about, setAbout] = useState<About | null>(null);
  const { run, busy } = useCommand();
  if (member.user.id === me.id) return null;
  const target = { room_id: room, user_id: member.user.id };
  const act = async (): Promise<void> => {
    if (!sure) return;
    const command = sure === 'transfer' ? 'room.transfer' : sure === 'ban' ? 'member.ban' : 'member.remove';
    if (await run(command, target)) setSure(null);
  };
  return (
    <>
      <Menu
        trigger={
          <Button
            kind="ghost"
            size="sm"
            icon="dots"
            className="icon more"
            aria-label={`What to do with ${member.user.display_name}`}
          />
        }
      >
        {host && (
          <>
            {member.role === 'spectator' && (
              <MenuItem
                icon="user"
                onSelect={() => void run('member.set_role', { ...target, role: 'member' })}
              >
                Make member
              </MenuItem>
            )}
            <MenuItem icon="key" onSelect={() => setSure('transfer')}>
              Make host
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        <MenuItem icon="flag" onSelect={() => setAbout('report')}>
          Report
        </MenuItem>
        <MenuItem icon="lock" onSelect={() => setAbout('block')}>
          Block
        </MenuItem>
        {host && (
          <>
            <MenuSeparator />
            <MenuItem icon="x" danger onSelect={() => setSure('remove')}>
              Remove
            </MenuItem>
            <MenuItem icon="shield" danger onSelect={() => setSure('ban')}>
              Ban
            </MenuItem>
          </>
        )}
      </Menu>
      {about === 'report' && (
        <ReportDialog
          subject={{ subject: 'user', subject_id: member.user.id }}
          name={member.user.display_name}
          onClose={() => setAbout(null)}
        />
      )}
      {about === 'block' && <BlockDialog user={member.user} onClose={() => setAbout(null)} />}
      {sure && (
        <Dialog
          open
          onOpenChange={() => setSure(null)}
          title={SURE[sure].title}
          says={`${member.user.display_name}: ${SURE[sure].says}`}
          foot={
            <>
              <Button onClick={() => setSure(null)}>Keep</Button>
              <Button kind="danger-solid" busy={busy} onClick={() => void act()}>
                {SURE[sure].word}
              </Button>
            </>
          }
        />
      )}
    </>
  );
}
