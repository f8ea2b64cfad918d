'use client';

import type { PullRequestView } from '@clawtank/contracts';
import { useState } from 'react';
import { useMe } from '../../session/use-session';
import { counted } from '../../time/format';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextArea } from '../../ui/field';
import { toast } from '../../ui/toasts';
import { useCommand, useRoom, useStanding } from '../room-context';
import type { ReviewDraft } from './use-review-draft';

/** The reader's verdict: line comments go with it as one review. */
export function ReviewBar({
  pull,
  draft,
  onClose,
}: {
  pull: PullRequestView;
  draft: ReviewDraft;
  onClose: () => void;
}) {
  const me = useMe();
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const hold = useRoom((snapshot) => snapshot.room.hold);
  const standing = useStanding();
  const [asking, setAsking] = useState(false);
  const [body, setBody] = useState('');
  const { run, busy } = useCommand();
  if (pull.state !== 'open' || standing === 'spectator') return null;
  const target = { room_id, number: pull.number };
  const comments = draft.comments.map((comment) => ({ ...comment }));

  const review = async (verdict: 'approve' | 'request_changes'): Promise<boolean> => {
    const said = body.trim() === '' ? {} : { body: body.trim() };
    const done = await run('git.review', { ...target, verdict, comments, ...said }, 'Not reviewed');
    if (!done) return false;
    draft.clear();
    setAsking(false);
    setBody('');
    return true;
  };
  const merge = async (): Promise<void> => {
    if (!(await run('git.merge', target, 'Not merged'))) return;
    toast({ title: `Merged #${pull.number}`, tone: 'success', icon: 'merge' });
    onClose();
  };
  const approveAndMerge = async (): Promise<void> => {
    if (await review('approve')) await merge();
  };
  const own = pull.author.id === me.id;
  const conflict = pull.mergeable === 'conflict';
  return (
    <footer className="reviewbar">
      <span className="sm t2 grow cut">
        {comments.length > 0 ? (
          <>
            <b className="b t1">{counted(comments.length, 'comment')}</b> in your review
          </>
        ) : conflict ? (
          'It does not merge. Its agent has been told.'
        ) : hold ? (
          'The room is on hold: nothing is merged.'
        ) : (
          'Press a line number to comment.'
        )}
      </span>
      {!own && (
        <Button icon="refresh" disabled={busy} onClick={() => setAsking(true)}>
          <span className="hide-s">Request changes</span>
          <span className="only-s">Changes</span>
        </Button>
      )}
      {!own && !pull.approved && (
        <Button icon="check" disabled={busy} onClick={() => void review('approve')}>
          Approve
        </Button>
      )}
      {pull.approved ? (
        <Button kind="good" icon="merge" busy={busy} disabled={conflict || hold} onClick={() => void merge()}>
          Merge
        </Button>
      ) : (
        !own && (
          <Button
            kind="good"
            icon="merge"
            busy={busy}
            disabled={conflict || hold}
            onClick={() => void approveAndMerge()}
          >
            <span className="hide-s">Approve and merge</span>
            <span className="only-s">Merge</span>
          </Button>
        )
      )}
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={`Request changes on #${pull.number}?`}
        says={`It goes back to ${pull.author.name}${comments.length > 0 ? `, with ${counted(comments.length, 'comment')}` : ''}.`}
        foot={
          <>
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button
              kind="primary"
              busy={busy}
              disabled={body.trim() === '' && comments.length === 0}
              onClick={() => void review('request_changes')}
            >
              Request changes
            </Button>
          </>
        }
      >
        <TextArea
          label="What should change?"
          value={body}
          maxLength={4000}
          onChange={(event) => setBody(event.target.value)}
        />
      </Dialog>
    </footer>
  );
}
