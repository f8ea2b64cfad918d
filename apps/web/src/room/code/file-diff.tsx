'use client';

import type { DiffFileView, PullRequestView, ReviewComment } from '@clawtank/contracts';
import { Fragment, memo, useMemo, useState } from 'react';
import { lookOf, nameOf } from '../../story/cast';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import { Words } from '../chat/markdown';
import { useCast, useRoom } from '../room-context';
import { type DiffLine, diffLines } from './patch';
import type { ReviewDraft } from './use-review-draft';

interface FileProps {
  readonly file: DiffFileView;
  readonly pull: PullRequestView;
  readonly draft: ReviewDraft;
  readonly closed: boolean;
  readonly onToggle: () => void;
}

/** Lines of one file shown at once; a longer one is cut until it is asked for. */
const MOST_LINES = 600;

/** The changes of one file, with what was said of its lines. */
export function FileDiff({ file, pull, draft, closed, onToggle }: FileProps) {
  const cast = useCast();
  const lines = useMemo(() => diffLines(file.patch), [file.patch]);
  const [all, setAll] = useState(false);
  const leases = useRoom((snapshot) => snapshot.leases);
  const holder = leases.find(({ pattern }) => pattern === file.path)?.holder;
  const shown = all ? lines : lines.slice(0, MOST_LINES);
  return (
    <section className="file" aria-label={file.path}>
      <header>
        <button type="button" className="row grow" aria-expanded={!closed} onClick={onToggle}>
          <Icon name={closed ? 'right' : 'down'} size={14} />
          <span className="mono cut">{file.path}</span>
        </button>
        <span className="num xs">
          <span className="add">+{file.additions}</span> <span className="del">−{file.deletions}</span>
        </span>
        {file.status !== 'modified' && (
          <span className="chip soft">{file.status === 'added' ? 'new' : file.status}</span>
        )}
        {holder && (
          <span className="chip soft hide-s">
            <Icon name="lock" size={12} />
            {nameOf(cast, holder)}
          </span>
        )}
      </header>
      {!closed && file.binary && <p className="t3 sm pad">Not a text.</p>}
      {!closed && !file.binary && (
        <div className="src" tabIndex={0} role="region" aria-label={`Changes of ${file.path}`}>
          <table>
            <tbody>
              {shown.map((line, index) => (
                <Line key={`${index}`} line={line} path={file.path} pull={pull} draft={draft} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!closed && lines.length > shown.length && (
        <Button size="sm" kind="ghost" onClick={() => setAll(true)}>
          Show {lines.length - shown.length} more lines
        </Button>
      )}
      {!closed && file.truncated && <p className="t3 sm pad">The rest is too long to show.</p>}
    </section>
  );
}

interface LineProps {
  readonly line: DiffLine;
  readonly path: string;
  readonly pull: PullRequestView;
  readonly draft: ReviewDraft;
}

const SIGNS = { add: '+', del: '−', same: '', hunk: '', note: '' } as const;

const Line = memo(
  function Line({ line, path, pull, draft }: LineProps) {
    const [writing, setWriting] = useState(false);
    const said = saidOf(pull, path, line.after);
    const mine = draft.comments.find((comment) => comment.path === path && comment.line === line.after);
    const may = pull.state === 'open' && line.after !== null;
    return (
      <Fragment>
        <tr className={line.kind}>
          <td className="no">{line.before}</td>
          <td className="no">
            {may ? (
              <button
                type="button"
                aria-label={`Comment on line ${line.after}`}
                onClick={() => setWriting(true)}
              >
                {line.after}
              </button>
            ) : (
              line.after
            )}
          </td>
          <td className="sg" aria-hidden="true">
            {SIGNS[line.kind]}
          </td>
          <td className="tx">{line.text === '' ? ' ' : line.text}</td>
        </tr>
        {(said.length > 0 || mine || writing) && (
          <tr className="talk">
            <td colSpan={4}>
              {said.map(({ key, review, comment }) => (
                <Said key={key} review={review} comment={comment} stale={review.sha !== pull.head_sha} />
              ))}
              {mine && !writing && (
                <Mine
                  comment={mine}
                  onEdit={() => setWriting(true)}
                  onDrop={() => draft.drop(path, mine.line)}
                />
              )}
              {writing && line.after !== null && (
                <Writing
                  first={mine?.body ?? ''}
                  onCancel={() => setWriting(false)}
                  onDone={(body) => {
                    draft.put({ path, line: line.after ?? 0, body });
                    setWriting(false);
                  }}
                />
              )}
            </td>
          </tr>
        )}
      </Fragment>
    );
  },
  (before, after) =>
    before.line === after.line &&
    before.pull === after.pull &&
    (before.draft.comments === after.draft.comments || after.line.after === null),
);

function saidOf(pull: PullRequestView, path: string, line: number | null) {
  if (line === null) return [];
  return pull.reviews.flatMap((review) =>
    review.comments
      .filter((comment) => comment.path === path && comment.line === line)
      .map((comment, index) => ({ key: `${review.id} ${index}`, review, comment })),
  );
}

function Said({
  review,
  comment,
  stale,
}: {
  review: PullRequestView['reviews'][number];
  comment: ReviewComment;
  stale: boolean;
}) {
  const cast = useCast();
  const look = lookOf(cast, review.reviewer);
  return (
    <div className="said">
      {look && <Avatar look={look} size={24} />}
      <div className="words">
        <span className="row sm">
          <b className="sb">{nameOf(cast, review.reviewer)}</b>
          {stale && <span className="xs t3">on an earlier state</span>}
        </span>
        <Words text={comment.body} />
      </div>
    </div>
  );
}

function Mine({
  comment,
  onEdit,
  onDrop,
}: {
  comment: ReviewComment;
  onEdit: () => void;
  onDrop: () => void;
}) {
  return (
    <div className="said mine">
      <span className="chip warning">Waits in your review</span>
      <div className="words">
        <Words text={comment.body} />
      </div>
      <Button
        size="sm"
        kind="ghost"
        icon="pen"
        className="icon"
        aria-label="Edit the comment"
        onClick={onEdit}
      />
      <Button
        size="sm"
        kind="ghost"
        icon="trash"
        className="icon"
        aria-label="Drop the comment"
        onClick={onDrop}
      />
    </div>
  );
}

function Writing({
  first,
  onDone,
  onCancel,
}: {
  first: string;
  onDone: (body: string) => void;
  onCancel: () => void;
}) {
  const [body, setBody] = useState(first);
  return (
    <div className="said writing">
      <span className="input">
        <textarea
          autoFocus
          aria-label="Comment"
          placeholder="What about this line?"
          value={body}
          maxLength={4000}
          onChange={(event) => setBody(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onCancel();
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && body.trim() !== '')
              onDone(body.trim());
          }}
        />
      </span>
      <span className="row">
        <Button size="sm" disabled={body.trim() === ''} onClick={() => onDone(body.trim())}>
          Add to review
        </Button>
        <Button size="sm" kind="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </div>
  );
}
