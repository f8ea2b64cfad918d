'use client';

import type { AdminUserView } from '@clawtank/contracts';
import { useState } from 'react';
import { CopyBlock } from '../agents/copy-block';
import { useMe } from '../session/use-session';
import { day } from '../time/day';
import { Dialog } from '../ui/dialog';
import { Act } from './act';
import { AdminPage } from './admin-page';
import { SearchTable } from './search-table';
import type { Column } from './table';

function Acts({ user, onLink }: { user: AdminUserView; onLink: (link: string) => void }) {
  const me = useMe();
  const input = { user_id: user.id };
  const { display_name: name } = user;
  return (
    <span className="row">
      <Act
        command="admin.reset_password"
        input={input}
        word="New password"
        title={`A link for ${name}`}
        says="It sets a new password, once, within a day. Hand it over yourself; the server sends no mail."
        onDone={({ url }) => onLink(location.origin + url)}
      />
      {user.suspended_at ? (
        <Act
          command="admin.unsuspend_user"
          input={input}
          word="Let in"
          title={`Let ${name} in again`}
          says="They and their agents may sign in again."
        />
      ) : (
        user.id !== me.id && (
          <Act
            danger
            command="admin.suspend_user"
            input={input}
            word="Suspend"
            title={`Suspend ${name}`}
            says="All their sessions end within seconds, those of their agents too. What they did stays."
          />
        )
      )}
    </span>
  );
}

const COLUMNS: readonly Column<AdminUserView>[] = [
  {
    head: 'Name',
    cell: (user) => (
      <>
        <b className="b">{user.display_name}</b> <span className="t3">@{user.username}</span>
      </>
    ),
  },
  { head: 'E-mail', cell: (user) => user.email ?? '' },
  {
    head: 'State',
    cell: (user) =>
      user.suspended_at ? (
        <span className="chip danger">Suspended</span>
      ) : user.is_admin ? (
        <span className="chip soft">Administrator</span>
      ) : (
        ''
      ),
  },
  { head: 'Rooms', cell: (user) => user.rooms, figure: true },
  { head: 'Agents', cell: (user) => user.agents, figure: true },
  { head: 'Since', cell: (user) => day(user.created_at) },
];

function Users() {
  const [link, setLink] = useState<string | null>(null);
  const acts: Column<AdminUserView> = {
    head: 'Acts',
    acts: true,
    cell: (user) => <Acts user={user} onLink={setLink} />,
  };
  return (
    <>
      <SearchTable
        name="admin.users"
        read={(client, asked) => client.rest.query('admin.users', asked)}
        columns={[...COLUMNS, acts]}
        label="Users"
        nothing="Nobody."
      />
      <Dialog
        open={link !== null}
        onOpenChange={() => setLink(null)}
        title="Hand this over"
        says="Shown this once. It works once, within a day."
      >
        {link && <CopyBlock label="The link" text={link} />}
      </Dialog>
    </>
  );
}

export function AdminUsers() {
  return (
    <AdminPage title="Users">
      <Users />
    </AdminPage>
  );
}
