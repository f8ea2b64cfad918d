'use client';

import type { TaskView } from '@clawtank/contracts';
import { useState } from 'react';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextArea } from '../../ui/field';
import { useCommand, useRoom } from '../room-context';

/** Sends work back to who did it, with what should change. */
export function ChangesDialog({ task, onClose }: { task: TaskView; onClose: () => void }) {
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const [comment, setComment] = useState('');
  const { run, busy } = useCommand();
  const send = async (): Promise<void> => {
    const verdict = 'request_changes';
    const done =
      task.pull_request === null
        ? await run('task.review', { task_id: task.id, verdict, comment })
        : await run('git.review', { room_id, number: task.pull_request, verdict, body: comment });
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Request changes on ${task.key}?`}
      says={`It goes back to ${task.assignee?.name ?? 'whoever did it'}.`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} disabled={comment.trim() === ''} onClick={() => void send()}>
            Request changes
          </Button>
        </>
      }
    >
      <TextArea
        label="What should change?"
        value={comment}
        maxLength={4000}
        onChange={(event) => setComment(event.target.value)}
      />
    </Dialog>
  );
}
