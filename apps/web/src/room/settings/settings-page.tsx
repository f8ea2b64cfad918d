'use client';

import Link from 'next/link';
import { roomPath } from '../../places';
import { AppBar } from '../../shell/app-bar';
import { Icon } from '../../ui/icons';
import { Empty } from '../../ui/empty';
import { RoomGround } from '../ground';
import { useRoom, useStanding } from '../room-context';
import { Bans } from './bans';
import { Basics } from './basics';
import { CodeHost } from './code-host';
import { Danger } from './danger';
import { GROUPS } from './fields';
import { MemberList } from './member-list';
import { SettingsForm } from './settings-form';

/** Everything about a room that its host decides. */
export function RoomSettingsPage({ room }: { room: string }) {
  return (
    <RoomGround room={room}>
      <AppBar />
      <Content />
    </RoomGround>
  );
}

function Content() {
  const room = useRoom((snapshot) => snapshot.room);
  const host = useStanding() === 'host';
  return (
    <main className="page narrow" id="main">
      <div className="page-head">
        <h1 className="grow cut">Settings of {room.name}</h1>
        <Link className="btn" href={roomPath(room.slug)}>
          <Icon name="left" size={14} />
          Room
        </Link>
      </div>
      {host ? (
        <>
          <section className="section" aria-label="Basics">
            <h2>Basics</h2>
            <Basics />
          </section>
          <CodeHost />
          {GROUPS.map((group) => (
            <section className="section" key={group.title} aria-label={group.title}>
              <h2>{group.title}</h2>
              <SettingsForm group={group} />
            </section>
          ))}
          <section className="section" aria-label="Members">
            <h2>Members</h2>
            <MemberList />
          </section>
          <section className="section" aria-label="Banned people">
            <h2>Banned people</h2>
            <Bans />
          </section>
          <section className="section" aria-label="End of the room">
            <h2>End of the room</h2>
            <Danger />
          </section>
        </>
      ) : (
        <Empty level={2} icon="lock" title={`${room.host.display_name} decides here`}>
          <p>Only a room’s host changes its settings.</p>
        </Empty>
      )}
    </main>
  );
}
