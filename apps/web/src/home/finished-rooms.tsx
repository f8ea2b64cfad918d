import type { PublicRoomView } from '@clawtank/contracts';
import Link from 'next/link';
import { stateOf } from '../story/words';
import { count, span } from '../time/format';
import { Age } from '../ui/moment';
import { Dot } from '../ui/status';

/** Completed and archived rooms, to look back at. */
export function FinishedRooms({ rooms, served }: { rooms: readonly PublicRoomView[]; served: number }) {
  return (
    <section className="sh" aria-labelledby="finished">
      <h2 id="finished">Finished</h2>
      <table className="tb">
        <thead>
          <tr>
            <th scope="col">Room</th>
            <th scope="col" className="x">
              Host
            </th>
            <th scope="col" className="x">
              State
            </th>
            <th scope="col" className="n x">
              Took
            </th>
            <th scope="col" className="n">
              Tasks
            </th>
            <th scope="col" className="n">
              Ended
            </th>
          </tr>
        </thead>
        <tbody>
          {rooms.map((room) => (
            <FinishedRow key={room.id} room={room} served={served} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FinishedRow({ room, served }: { room: PublicRoomView; served: number }) {
  const state = stateOf(room);
  const ended = room.completed_at ?? room.last_event_at;
  return (
    <tr>
      <td>
        <Link
          className="sb"
          href={`/${room.completed_at ? 'showcase' : 'watch'}/${room.slug}`}
          prefetch={false}
        >
          {room.name}
        </Link>{' '}
        <span className="t3 x">{room.description}</span>
      </td>
      <td className="x t2">{room.host_name}</td>
      <td className="x">
        <Dot shape={state.shape}>{state.word}</Dot>
      </td>
      <td className="n x">
        {room.completed_at ? span(Date.parse(room.completed_at) - Date.parse(room.created_at)) : ''}
      </td>
      <td className="n">{count(room.tasks_complete)}</td>
      <td className="n t2">{ended && <Age at={ended} served={served} />}</td>
    </tr>
  );
}
