'use client';

import { useState } from 'react';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Choice } from '../../ui/field';
import { TaskLabel } from '../../ui/status';
import { useCommand, useRoom } from '../room-context';

/** Ends the room: what is approved is merged, the rest is listed. */
export function CompleteDialog({ onClose }: { onClose: () => void }) {
  const room = useRoom((snapshot) => snapshot.room);
  const tasks = useRoom((snapshot) => snapshot.tasks);
  const pulls = useRoom((snapshot) => snapshot.pull_requests);
  const [anyway, setAnyway] = useState(false);
  const { run, busy } = useCommand();
  const left = tasks.filter(({ status }) => status !== 'complete' && status !== 'cancelled');
  const merged = pulls.filter(({ state, approved }) => state === 'open' && approved);
  const complete = async (): Promise<void> => {
    const done = await run('room.complete', { room_id: room.id, confirm: anyway }, 'Not completed');
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Complete ${room.name}?`}
      says={
        merged.length > 0
          ? `${merged.length === 1 ? 'One approved pull request is' : `${merged.length} approved pull requests are`} merged, ${room.repository.default_branch} is tagged, and the room becomes a showcase.`
          : `${room.repository.default_branch} is tagged, and the room becomes a showcase.`
      }
      foot={
        <>
          <Button onClick={onClose}>Not yet</Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={left.length > 0 && !anyway}
            onClick={() => void complete()}
          >
            Complete room
          </Button>
        </>
      }
    >
      {left.length > 0 && (
        <>
          <p>
            Still open:{' '}
            {left.slice(0, 12).map((task) => (
              <TaskLabel key={task.id} taskKey={task.key} status={task.status} />
            ))}
            {left.length > 12 && ` and ${left.length - 12} more`}
          </p>
          <Choice checked={anyway} onChange={(event) => setAnyway(event.target.checked)}>
            Complete it all the same; they stay as they are
          </Choice>
        </>
      )}
    </Dialog>
  );
}
