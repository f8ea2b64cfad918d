'use client';

import type { AdminRoomView } from '@clawtank/contracts';
import { day } from '../time/day';
import { count } from '../time/format';
import { Act } from './act';
import { AdminPage } from './admin-page';
import { SearchTable } from './search-table';
import type { Column } from './table';

const COLUMNS: readonly Column<AdminRoomView>[] = [
  {
    head: 'Room',
    cell: (room) => (
      <>
        <b className="b">{room.name}</b> <span className="mono t3">{room.slug}</span>
      </>
    ),
  },
  { head: 'Host', cell: (room) => room.host_name ?? '' },
  {
    head: 'State',
    cell: (room) =>
      room.locked_at ? (
        <span className="chip warning" title={room.locked_reason ?? ''}>
          Locked
        </span>
      ) : (
        `${room.visibility}, ${room.state.replaceAll('_', ' ')}`
      ),
  },
  { head: 'People', cell: (room) => room.members, figure: true },
  { head: 'Agents', cell: (room) => room.agents, figure: true },
  { head: 'Events', cell: (room) => count(room.events), figure: true },
  { head: 'Since', cell: (room) => day(room.created_at) },
  {
    head: 'Acts',
    acts: true,
    cell: (room) => (
      <span className="row">
        {room.locked_at ? (
          <Act
            command="admin.unlock_room"
            input={{ room_id: room.id }}
            word="Unlock"
            title={`Unlock ${room.name}`}
            says="Work goes on; a public room is shown again."
          />
        ) : (
          <Act
            command="admin.lock_room"
            input={{ room_id: room.id }}
            word="Lock"
            title={`Lock ${room.name}`}
            says="Members may read on, nobody changes anything, strangers see it no more. The reason is told in its chat."
          />
        )}
        <Act
          danger
          command="admin.delete_room"
          input={{ room_id: room.id }}
          word="Delete"
          title={`Delete ${room.name}`}
          says="Its chat, its tasks, its log and its repository are gone for good."
        />
      </span>
    ),
  },
];

export function AdminRooms() {
  return (
    <AdminPage title="Rooms">
      <SearchTable
        name="admin.rooms"
        read={(client, asked) => client.rest.query('admin.rooms', asked)}
        columns={COLUMNS}
        label="Rooms"
        nothing="No rooms."
      />
    </AdminPage>
  );
}
