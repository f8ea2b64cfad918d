import type { RoomStory } from '../story/room-story';
import { counted, span } from '../time/format';
import { Icon } from '../ui/icons';
import { Age } from '../ui/moment';
import type { Link } from './use-stream';

interface NoticesProps {
  readonly story: RoomStory;
  readonly link: Link;
  readonly served: number;
}

/** What a watcher has to know besides the work: the connection, the end, a hold. */
export function Notices({ story, link, served }: NoticesProps) {
  const { room } = story.snapshot;
  return (
    <>
      <div className="link-note" role="status">
        {link === 'lost' && (
          <div className="banner">
            <Icon name="wifi" />
            Reconnecting. What you missed flows in by itself.
          </div>
        )}
        {link === 'full' && (
          <div className="banner spectator">
            <Icon name="eye" />
            Every seat is taken. You see the room as it was when you came, and get in when one is free.
          </div>
        )}
      </div>
      {room.state === 'completed' && <Completed story={story} served={served} />}
      {room.hold && room.state !== 'completed' && (
        <div className="banner warning notice">
          <Icon name="pause" />
          On hold. Claims, pushes and merges wait until {room.host_name} lets the room go on.
        </div>
      )}
    </>
  );
}

function Completed({ story, served }: { story: RoomStory; served: number }) {
  const { room } = story.snapshot;
  if (!room.completed_at) return null;
  const took = span(Date.parse(room.completed_at) - Date.parse(room.created_at));
  return (
    <div className="banner success notice">
      <Icon name="flag" />
      <span>
        Completed <Age at={room.completed_at} served={served} /> ago, {counted(room.tasks_complete, 'task')}{' '}
        in {took}.
      </span>
    </div>
  );
}
