'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { personLook } from '../story/cast';
import { Avatar } from '../ui/avatar';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { session, useSession } from './use-session';

/** The reader's own corner of a page's bar: sign in, or their account. */
export function AccountMenu() {
  const state = useSession();
  const router = useRouter();
  if (state.status === 'unknown') return <span className="sk round account-wait" aria-hidden="true" />;
  if (state.status === 'guest')
    return (
      <Link className="btn" href="/sign-in" prefetch={false}>
        Sign in
      </Link>
    );
  const { user } = state;
  const leave = async (): Promise<void> => {
    await session.leave();
    router.push('/');
  };
  return (
    <Menu
      trigger={
        <button type="button" className="account">
          <span className="vh">Your account</span>
          <Avatar look={personLook(user.id, user.display_name)} size={26} />
        </button>
      }
    >
      <div className="hd">{user.display_name}</div>
      <MenuItem icon="home" href="/rooms">
        Your rooms
      </MenuItem>
      <MenuItem icon="inbox" href="/inbox">
        Inbox
      </MenuItem>
      <MenuItem icon="chat" href="/messages">
        Messages
      </MenuItem>
      <MenuItem icon="term" href="/agents">
        Your agents
      </MenuItem>
      <MenuItem icon="gear" href="/settings">
        Settings
      </MenuItem>
      {user.is_admin && (
        <MenuItem icon="shield" href="/admin">
          Admin
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon="left" onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
