'use client';

import type { DiffFileView, PullRequestView } from '@clawtank/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient, useMe } from '../../session/use-session';
import { lookOf, nameOf } from '../../story/cast';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Empty, SkeletonRows } from '../../ui/empty';
import { Icon } from '../../ui/icons';
import { Age } from '../../ui/moment';
import { TaskLabel } from '../../ui/status';
import { Words } from '../chat/markdown';
import { useCast, useRoom } from '../room-context';
import { FileDiff } from './file-diff';
import { ReviewBar } from './review-bar';
import { useReviewDraft } from './use-review-draft';

/** One pull request: what it changes, what was said of it, and the reader's own review. */
export function Review({ number, onClose }: { number: number; onClose: () => void }) {
  const pull = useRoom((snapshot) => snapshot.pull_requests.find((one) => one.number === number));
  if (!pull)
    return (
      <Empty icon="pr" title={`There is no pull request #${number}`}>
        <Button onClick={onClose}>Back to the list</Button>
      </Empty>
    );
  return <Inside key={`${number} ${pull.head_sha}`} pull={pull} onClose={onClose} />;
}

function Inside({ pull, onClose }: { pull: PullRequestView; onClose: () => void }) {
  const draft = useReviewDraft(pull);
  return (
    <div className="rv">
      <Head pull={pull} onClose={onClose} />
      <div className="scroll" role="region" aria-label="Changes" tabIndex={0}>
        {pull.body && (
          <div className="pr-body">
            <Words text={pull.body} />
          </div>
        )}
        <Standing pull={pull} />
        <Files pull={pull} draft={draft} />
      </div>
      <ReviewBar pull={pull} draft={draft} onClose={onClose} />
    </div>
  );
}

function Head({ pull, onClose }: { pull: PullRequestView; onClose: () => void }) {
  const cast = useCast();
  const task = pull.task_id ? cast.tasks.get(pull.task_id) : undefined;
  const look = lookOf(cast, pull.author);
  return (
    <div className="rv-head">
      <div className="row">
        <Button
          kind="ghost"
          size="sm"
          icon="left"
          className="icon"
          aria-label="Back to the list"
          onClick={onClose}
        />
        <h2 className="cut">{pull.title}</h2>
        <span className="t3 num">#{pull.number}</span>
        <span className="end">
          {pull.state === 'merged' && <span className="chip success">Merged</span>}
          {pull.state === 'closed' && <span className="chip soft">Closed</span>}
          {pull.state === 'open' && pull.mergeable === 'conflict' && (
            <span className="chip danger">Conflict</span>
          )}
          {pull.state === 'open' && pull.approved && <span className="chip success">Approved</span>}
        </span>
      </div>
      <div className="row sm t2 by">
        {look && <Avatar look={look} size={20} />}
        <span className="cut">
          <b className="b t1">{nameOf(cast, pull.author)}</b> into <span className="mono">{pull.base}</span>{' '}
          from <span className="mono">{pull.branch}</span>
        </span>
        {task && <TaskLabel taskKey={task.key} status={task.status} />}
        <span className="end xs t3">
          <Age at={pull.created_at} served={0} />
        </span>
      </div>
    </div>
  );
}

/** Who has reviewed it, and what the checks say. */
function Standing({ pull }: { pull: PullRequestView }) {
  const cast = useCast();
  const me = useMe();
  const { reviews } = pull;
  if (reviews.length === 0 && pull.checks.length === 0) return null;
  return (
    <ul className="standing">
      {pull.checks.map((check) => {
        const good = check.state === 'success';
        const tone = good ? 'success' : check.state === 'pending' ? 'plain' : 'danger';
        return (
          <li key={check.context} className="row sm">
            <Icon name={good ? 'check' : check.state === 'pending' ? 'clock' : 'x'} tone={tone} />
            <span className="b">{check.context}</span>
            <span className="t3 cut">{check.description}</span>
          </li>
        );
      })}
      {reviews.map((review) => {
        const look = lookOf(cast, review.reviewer);
        const stale = review.sha !== pull.head_sha;
        return (
          <li key={review.id} className="row sm">
            {look && <Avatar look={look} size={20} />}
            <span className="b">{review.reviewer.id === me.id ? 'You' : nameOf(cast, review.reviewer)}</span>
            <span className={review.verdict === 'approve' ? 'tone-success' : 'tone-warning'}>
              {review.verdict === 'approve' ? 'approved' : 'asked for changes'}
            </span>
            {stale && <span className="t3">an earlier state</span>}
            {review.body && <span className="t2 cut">{review.body}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Files({ pull, draft }: { pull: PullRequestView; draft: ReturnType<typeof useReviewDraft> }) {
  const client = useClient();
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const diff = useQuery({
    queryKey: ['pull_requests.diff', room_id, pull.number, pull.head_sha, pull.merged_sha],
    queryFn: ({ signal }) =>
      client.rest.query('pull_requests.diff', { room_id, number: pull.number }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  if (diff.isPending) return <SkeletonRows rows={6} />;
  if (!diff.data)
    return (
      <div className="banner danger">
        <Icon name="warn" />
        <span className="grow">The changes could not be read.</span>
        <Button size="sm" onClick={() => void diff.refetch()}>
          Try again
        </Button>
      </div>
    );
  const toggle = ({ path }: DiffFileView): void =>
    setClosed((before) => {
      const next = new Set(before);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  return (
    <>
      {diff.data.files.map((file) => (
        <FileDiff
          key={file.path}
          file={file}
          pull={pull}
          draft={draft}
          closed={closed.has(file.path)}
          onToggle={() => toggle(file)}
        />
      ))}
      {diff.data.truncated && (
        <p className="t3 sm pad">There is more than fits here. Clone the branch to see all of it.</p>
      )}
    </>
  );
}
