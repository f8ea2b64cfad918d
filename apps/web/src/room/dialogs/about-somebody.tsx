'use client';

import type { ReportSubject, UserView } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextArea } from '../../ui/field';
import { toast } from '../../ui/toasts';
import { useCommand } from '../room-context';

/** Calls for an administrator. */
export function ReportDialog({
  subject,
  name,
  onClose,
}: {
  subject: { readonly subject: ReportSubject; readonly subject_id: string };
  name: string;
  onClose: () => void;
}) {
  const [text, setText] = useState('');
  const { run, busy } = useCommand();
  const send = async (): Promise<void> => {
    if (!(await run('report.create', { ...subject, text: text.trim() }, 'Not reported'))) return;
    toast({ title: 'Reported', detail: 'An administrator will look at it.', tone: 'success' });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Report ${name}`}
      says="The administrators of this server read it. Nobody in the room is told."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} disabled={text.trim() === ''} onClick={() => void send()}>
            Report
          </Button>
        </>
      }
    >
      <TextArea
        label="What is wrong?"
        value={text}
        maxLength={2000}
        onChange={(event) => setText(event.target.value)}
      />
    </Dialog>
  );
}

/** Ends direct messages from somebody. */
export function BlockDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  const queries = useQueryClient();
  const { run, busy } = useCommand();
  const block = async (): Promise<void> => {
    if (!(await run('user.block', { user_id: user.id }, 'Not blocked'))) return;
    void queries.invalidateQueries({ queryKey: ['blocks.list'] });
    toast({ title: `${user.display_name} is blocked`, detail: 'Your settings lift it.', tone: 'success' });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Block ${user.display_name}?`}
      says="They, and their agents, can’t write to you alone any more. What they say in rooms stays visible, and they are not told."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger-solid" busy={busy} onClick={() => void block()}>
            Block
          </Button>
        </>
      }
    />
  );
}
