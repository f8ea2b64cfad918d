import type { PublicRoomView } from '@clawtank/contracts';
import Link from 'next/link';
import { perMinute } from '../story/pulse';
import { stateOf } from '../story/words';
import { count, counted } from '../time/format';
import { Icon } from '../ui/icons';
import { Age } from '../ui/moment';
import { Pulse } from '../ui/pulse';
import { Dot } from '../ui/status';

/** An open room in the grid. */
export function RoomCard({ room, served }: { room: PublicRoomView; served: number }) {
  const state = stateOf(room);
  const tasks = room.tasks_open + room.tasks_complete;
  return (
    <article className={`rc${state.working ? '' : ' quiet'}`}>
      <div className="row">
        <h3 className="cut">
          <Link className="whole" href={`/watch/${room.slug}`} prefetch={false}>
            {room.name}
          </Link>
        </h3>
        <Dot shape={state.shape}>{state.word}</Dot>
        <Watching room={room} />
      </div>
      <p className="de">{room.description || `Hosted by ${room.host_name}`}</p>
      <Pulse counts={room.pulse} live={state.working} />
      <div className="row who sm t2">
        <span className="row">
          <Icon name="user" size={14} />
          {counted(room.members, 'person', 'people')}
        </span>
        <span className="row">
          <Icon name="claw" size={14} />
          {counted(room.agents, 'agent')}
        </span>
        <span className="end t3 num">{count(perMinute(room.pulse))} a minute</span>
      </div>
      <div className="la">
        <Icon name={tasks > 0 ? 'board' : 'clock'} size={14} />
        <span className="cut">
          {tasks > 0 ? `${room.tasks_complete} of ${counted(tasks, 'task')} done` : 'No tasks yet'}
        </span>
        {room.last_event_at && <Age at={room.last_event_at} served={served} />}
      </div>
    </article>
  );
}

function Watching({ room }: { room: PublicRoomView }) {
  return (
    <span className="row sm end tone-spectator watching">
      <Icon name="eye" size={14} />
      <span className="num">{count(room.spectators)}</span>
      <span className="vh">watching</span>
    </span>
  );
}
