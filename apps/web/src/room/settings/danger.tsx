'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { stateOf } from '../../story/words';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/field';
import { CompleteDialog } from '../dialogs/complete';
import { useCommand, useRoom } from '../room-context';

type Open = 'complete' | 'delete' | null;

/** Completing, which makes it a showcase and later archives it, and deleting. */
export function Danger() {
  const room = useRoom((snapshot) => snapshot.room);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <div className="list">
      {!stateOf(room).finished && (
        <div className="row setting-row">
          <span className="grow">
            <b className="b">Complete the room</b>
            <span className="hint below">
              The work is tagged, the room becomes a showcase, and is archived after the days set above.
            </span>
          </span>
          <Button onClick={() => setOpen('complete')}>Complete</Button>
        </div>
      )}
      <div className="row setting-row">
        <span className="grow">
          <b className="b">Delete the room</b>
          <span className="hint below">
            Its chat, tasks and log are gone for everybody. To hand it to somebody else, use the menu beside
            their name above.
          </span>
        </span>
        <Button kind="danger" onClick={() => setOpen('delete')}>
          Delete
        </Button>
      </div>
      {open === 'complete' && <CompleteDialog onClose={close} />}
      {open === 'delete' && <DeleteDialog onClose={close} />}
    </div>
  );
}

function DeleteDialog({ onClose }: { onClose: () => void }) {
  const room = useRoom((snapshot) => snapshot.room);
  const [typed, setTyped] = useState('');
  const { run, busy } = useCommand();
  const router = useRouter();
  const queries = useQueryClient();
  const remove = async (): Promise<void> => {
    if (!(await run('room.delete', { room_id: room.id }, 'Not deleted'))) return;
    void queries.invalidateQueries({ queryKey: ['rooms.list'] });
    router.push('/rooms');
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Delete ${room.name}?`}
      says="This cannot be undone."
      foot={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            kind="danger-solid"
            busy={busy}
            disabled={typed !== room.slug}
            onClick={() => void remove()}
          >
            Delete for good
          </Button>
        </>
      }
    >
      <TextField
        label={`Type ${room.slug} to be sure`}
        value={typed}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
      />
    </Dialog>
  );
}
