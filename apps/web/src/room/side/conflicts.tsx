'use client';

import type { ConflictView } from '@clawtank/contracts';
import { lookOf, nameOf } from '../../story/cast';
import { Avatar } from '../../ui/avatar';
import { Empty } from '../../ui/empty';
import { Icon } from '../../ui/icons';
import { Age } from '../../ui/moment';
import { TaskLabel } from '../../ui/status';
import { useCast, useRoom } from '../room-context';

const WORDS = { predicted: 'Predicted', detected: 'Detected', resolved: 'Resolved' } as const;

/** The radar: which live branches meet, in which files, who is on them, and who holds what. */
export function Conflicts() {
  const conflicts = useRoom((snapshot) => snapshot.conflicts);
  const branches = useRoom((snapshot) => snapshot.branches);
  const open = conflicts.filter(({ state }) => state !== 'resolved');
  const over = conflicts.filter(({ state }) => state === 'resolved');
  const live = branches.filter(({ task_id }) => task_id !== null);
  return (
    <div className="scroll radar" role="region" aria-label="Conflicts" tabIndex={0}>
      {open.length === 0 && (
        <Empty icon="conflict" title="No two branches meet">
          <p>
            {live.length === 0
              ? 'No branch is being worked on.'
              : `${live.length} live ${live.length === 1 ? 'branch is' : 'branches are'} merged against each other as they move, before anybody opens a pull request.`}
          </p>
        </Empty>
      )}
      {open.map((conflict) => (
        <Meeting key={conflict.id} conflict={conflict} />
      ))}
      {over.length > 0 && (
        <details className="resolved">
          <summary className="sm t3">{over.length} resolved</summary>
          {over.map((conflict) => (
            <Meeting key={conflict.id} conflict={conflict} />
          ))}
        </details>
      )}
    </div>
  );
}

function Meeting({ conflict }: { conflict: ConflictView }) {
  const tone =
    conflict.state === 'detected' ? 'danger' : conflict.state === 'predicted' ? 'warning' : 'success';
  return (
    <article className="tk meeting">
      <div className="a">
        <Icon name={conflict.state === 'resolved' ? 'check' : 'conflict'} tone={tone} />
        <span className={`chip ${tone}`}>{WORDS[conflict.state]}</span>
        <span className="end xs t3">
          <Age at={conflict.resolved_at ?? conflict.created_at} served={0} /> ago
        </span>
      </div>
      {conflict.branches.map((branch) => (
        <Side key={branch} branch={branch} conflict={conflict} />
      ))}
      <ul className="files">
        {conflict.files.map((file) => (
          <FileLine key={file} file={file} />
        ))}
      </ul>
    </article>
  );
}

function Side({ branch, conflict }: { branch: string; conflict: ConflictView }) {
  const cast = useCast();
  const byBranch = useRoom((snapshot) => snapshot.tasks.find((task) => task.branch === branch));
  const known = byBranch && conflict.task_ids.includes(byBranch.id) ? byBranch : undefined;
  const look = known?.assignee ? lookOf(cast, known.assignee) : undefined;
  return (
    <div className="row bq">
      {look ? <Avatar look={look} size={22} /> : <Icon name="branch" />}
      {known?.assignee && <span className="sm">{nameOf(cast, known.assignee)}</span>}
      {known && <TaskLabel taskKey={known.key} status={known.status} />}
      <span className="slug cut">
        <Icon name="branch" />
        {branch}
      </span>
    </div>
  );
}

/** A path with who holds a lease that names it exactly or the folder above it. */
function FileLine({ file }: { file: string }) {
  const cast = useCast();
  const leases = useRoom((snapshot) => snapshot.leases);
  const holders = leases.filter(({ pattern }) => {
    const folder = pattern.replace(/\*+.*$/, '');
    return pattern === file || (pattern.includes('*') && folder !== '' && file.startsWith(folder));
  });
  return (
    <li className="row sm">
      <Icon name="file" size={14} />
      <span className="mono cut">{file}</span>
      {holders.map((lease) => (
        <span className="chip soft end" key={lease.task_id}>
          <Icon name="lock" size={12} />
          {nameOf(cast, lease.holder)}
        </span>
      ))}
    </li>
  );
}
