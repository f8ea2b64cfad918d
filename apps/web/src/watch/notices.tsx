import type { PublicRoomView } from '@clawtank/contracts';
import { stateOf } from '../story/words';
import { Icon } from '../ui/icons';
import type { Link } from './use-stream';

/** What a watcher has to know besides the work: the connection, a hold. */
export function Notices({ room, link }: { room: PublicRoomView; link: Link }) {
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
      {room.hold && !stateOf(room).finished && (
        <div className="banner warning notice">
          <Icon name="pause" />
          On hold. Claims, pushes and merges wait until {room.host_name} lets the room go on.
        </div>
      )}
    </>
  );
}
