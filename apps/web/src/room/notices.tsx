'use client';

import { nameOf } from '../story/cast';
import { partiesOf } from '../story/sentence-git';
import { listed } from '../story/sentence';
import { Button } from '../ui/button';
import { Icon } from '../ui/icons';
import { Clock } from '../ui/moment';
import { useNow } from '../time/now';
import { HOSTS } from './hosts';
import { useConnection } from './use-connection';
import { useCast, useCommand, useRoom, useRoomState, useStanding } from './room-context';

/** What concerns the whole room at this moment, above the chat. */
export function Notices() {
  return (
    <div className="notices">
      <Reconnecting />
      <Hold />
      <Limited />
      <Setup />
      <Ended />
      <Conflict />
    </div>
  );
}

function Reconnecting() {
  const lost = useRoomState((state) => state.link === 'lost');
  return (
    <div role="status">
      {lost && (
        <div className="banner slim">
          <Icon name="wifi" />
          Reconnecting. What you type is kept.
        </div>
      )}
    </div>
  );
}

function Hold() {
  const room = useRoom((snapshot) => snapshot.room);
  const { run, busy } = useCommand();
  const host = useStanding() === 'host';
  if (!room.hold) return null;
  return (
    <div className="banner warning slim">
      <Icon name="pause" />
      <span className="grow">On hold. Claims, pushes and merges wait.</span>
      {host && (
        <Button
          size="sm"
          busy={busy}
          onClick={() => void run('room.hold', { room_id: room.id, hold: false }, 'Still on hold')}
        >
          Resume
        </Button>
      )}
    </div>
  );
}

function Limited() {
  const connection = useConnection();
  const now = useNow(0);
  if (!connection?.limited_until || Date.parse(connection.limited_until) <= now) return null;
  return (
    <div className="banner warning slim" role="status">
      <Icon name="clock" />
      <span className="grow">
        {HOSTS[connection.host]} is limiting us until <Clock at={connection.limited_until} served={now} />.
        What waits goes on then.
      </span>
    </div>
  );
}

function Setup() {
  const room = useRoom((snapshot) => snapshot.room);
  const { run, busy } = useCommand();
  const host = useStanding() === 'host';
  if (room.setup_error === null) return null;
  return (
    <div className="banner danger slim">
      <Icon name="warn" />
      <span className="grow">The repository is not set up: {room.setup_error}</span>
      {host && (
        <Button size="sm" busy={busy} onClick={() => void run('room.retry_setup', { room_id: room.id })}>
          Try again
        </Button>
      )}
    </div>
  );
}

function Ended() {
  const { state, slug } = useRoom((snapshot) => snapshot.room);
  if (state !== 'completed' && state !== 'archived') return null;
  return (
    <div className="banner success slim">
      <Icon name="flag" />
      <span className="grow">
        {state === 'completed' ? 'This room is completed.' : 'This room is archived.'}
      </span>
      <a className="btn sm" href={`/watch/${slug}`}>
        See it as others do
      </a>
    </div>
  );
}

function Conflict() {
  const conflict = useRoom((snapshot) => snapshot.conflicts.find(({ state }) => state === 'detected'));
  const cast = useCast();
  if (!conflict) return null;
  const holders = conflict.task_ids.flatMap((id) => {
    const assignee = cast.tasks.get(id)?.assignee;
    return assignee ? nameOf(cast, assignee) : [];
  });
  return (
    <div className="banner danger slim">
      <Icon name="conflict" />
      <span className="grow">
        {partiesOf(conflict, cast) || 'Two branches'} conflict in{' '}
        <span className="mono">{listed(conflict.files)}</span>
        {holders.length > 0 && <>, {listed(holders)} at work on it</>}
      </span>
    </div>
  );
}
