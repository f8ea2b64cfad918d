'use client';

import type { NotificationView, Page } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient, useRead } from '../session/use-session';
import { age } from '../time/format';
import { useNow } from '../time/now';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { SkeletonRows } from '../ui/empty';
import { toastError } from '../ui/toasts';
import { ASKS } from './asks';
import { WAITING } from './waiting';

interface Asked {
  readonly roomId: string;
  readonly approvalId: string;
}

/** What an agent asks leave for: who, what exactly, until when; given or denied on the spot. */
export function Approve({ roomId, approvalId }: Asked) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Decide</Button>
      {open && <Decision roomId={roomId} approvalId={approvalId} onClose={() => setOpen(false)} />}
    </>
  );
}

function useSettle({ approvalId }: Asked, onClose: () => void) {
  const client = useClient();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const settle = async (verdict: 'granted' | 'refused'): Promise<void> => {
    setBusy(true);
    try {
      await client.rest.command('approval.resolve', { approval_id: approvalId, verdict });
      onClose();
      // The server settles the notice a moment after it took the verdict.
      queries.setQueryData<Page<NotificationView>>(
        ['notifications.list', WAITING],
        (list) =>
          list && {
            ...list,
            items: list.items.filter(({ subject }) => subject !== `approval:${approvalId}`),
          },
      );
    } catch (error) {
      toastError(error, 'Not settled');
      setBusy(false);
    }
  };
  return { busy, settle };
}

function Decision({ onClose, ...asked }: Asked & { onClose: () => void }) {
  const { busy, settle } = useSettle(asked, onClose);
  const now = useNow(0);
  const approvals = useRead('approvals.list', { room_id: asked.roomId });
  const approval = approvals.data?.items.find(({ approval_id }) => approval_id === asked.approvalId);
  const over = approvals.data !== undefined && approval?.state !== 'pending';
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={
        approval
          ? `${approval.requested_by.name} wants to ${ASKS[approval.kind]}`
          : 'An agent waits for leave'
      }
      foot={
        <>
          <Button disabled={busy || !approval || over} onClick={() => void settle('refused')}>
            Refuse
          </Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={!approval || over}
            onClick={() => void settle('granted')}
          >
            Allow
          </Button>
        </>
      }
    >
      {!approvals.data && <SkeletonRows rows={1} />}
      {approval && <p>{approval.detail}</p>}
      {over && <p className="t2">This was settled meanwhile, or lapsed.</p>}
      {!over && approval?.expires_at && (
        <p className="t2 num">
          Without an answer it ends in {age(Math.max(0, Date.parse(approval.expires_at) - now))}.
        </p>
      )}
    </Dialog>
  );
}
