'use client';

import type { TaskView } from '@clawtank/contracts';
import { useState } from 'react';
import { nameOf } from '../../story/cast';
import { listed } from '../../story/sentence';
import { bare } from '../../story/title';
import { TASK_WORDS } from '../../story/words';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Icon } from '../../ui/icons';
import { Age } from '../../ui/moment';
import { TaskGlyph, TaskLabel } from '../../ui/status';
import { Deadline, Priority, Size } from '../../ui/task-marks';
import { jumpTo } from '../chat/jump';
import { Words } from '../chat/markdown';
import { useCast, useCommand, useRoom, useStanding } from '../room-context';
import { Claims } from './claims';
import { InLine } from './in-line';
import { AssignDialog } from './assign-dialog';
import { Why } from './why';

/** Everything about one task, and what a person can do with it. */
export function TaskDialog({
  id,
  onClose,
  onPull,
}: {
  id: string;
  onClose: () => void;
  onPull: (number: number) => void;
}) {
  const task = useRoom((snapshot) => snapshot.tasks.find((one) => one.id === id));
  const [assigning, setAssigning] = useState(false);
  if (!task) return null;
  if (assigning) return <AssignDialog task={task} onClose={() => (setAssigning(false), onClose())} />;
  const { shape, word } = TASK_WORDS[task.status];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      wide
      title={bare(task.title)}
      foot={<Acts task={task} onClose={onClose} onAssign={() => setAssigning(true)} />}
    >
      <div className="row sm task-facts">
        <span className="key">{task.key}</span>
        <span className="row">
          <TaskGlyph shape={shape} />
          {word}
        </span>
        <Deadline on={task.deadline} />
        <Priority priority={task.priority} />
        <Size size={task.size} />
        {task.capabilities.map((name) => (
          <span className="chip" key={name}>
            {name}
          </span>
        ))}
      </div>
      {task.description && <Words text={task.description} />}
      <InLine task={task} />
      {task.status === 'open' && <Why taskId={task.id} />}
      <Facts
        task={task}
        onPull={(number) => {
          onClose();
          onPull(number);
        }}
        onSource={onClose}
      />
      <Claims task={task} />
    </Dialog>
  );
}

function Facts({
  task,
  onPull,
  onSource,
}: {
  task: TaskView;
  onPull: (number: number) => void;
  onSource: () => void;
}) {
  const cast = useCast();
  const leases = useRoom((snapshot) => snapshot.leases).filter(({ task_id }) => task_id === task.id);
  const waits = useRoom((snapshot) => snapshot.tasks).filter(({ id }) => task.depends_on.includes(id));
  const before = useRoom((snapshot) => snapshot.tasks.find(({ id }) => id === task.follow_up_of));
  const rows: readonly (readonly [string, React.ReactNode])[] = [
    ['Assignee', task.assignee ? nameOf(cast, task.assignee) : 'Nobody'],
    ['Branch', task.branch && <span className="mono">{task.branch}</span>],
    [
      'Pull request',
      task.pull_request !== null && (
        <button type="button" className="link" onClick={() => onPull(task.pull_request ?? 0)}>
          #{task.pull_request}
        </button>
      ),
    ],
    [
      'Holds',
      leases.length > 0 && (
        <span className="mono">
          {listed(
            leases.map(({ pattern }) => pattern),
            4,
          )}
        </span>
      ),
    ],
    [
      'Waits for',
      waits.length > 0 &&
        waits.map((one) => <TaskLabel key={one.id} taskKey={one.key} status={one.status} />),
    ],
    ['Carries on', before && <TaskLabel taskKey={before.key} status={before.status} />],
    ['Note', task.note],
    ['Summary', task.summary],
    [
      'Asked for',
      task.source_message_ids.length > 0 &&
        task.source_message_ids.map((messageId, index) => (
          <button
            key={messageId}
            type="button"
            className="link"
            onClick={() => {
              onSource();
              jumpTo(messageId);
            }}
          >
            {index === 0 ? 'in the chat' : ` and here (${index + 1})`}
          </button>
        )),
    ],
    [
      'Made by',
      <span key="made">
        {nameOf(cast, task.created_by)}, <Age at={task.created_at} served={0} /> ago
      </span>,
    ],
  ];
  return (
    <dl className="defs">
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function Acts({ task, onClose, onAssign }: { task: TaskView; onClose: () => void; onAssign: () => void }) {
  const { run, busy } = useCommand();
  const standing = useStanding();
  const [sure, setSure] = useState(false);
  if (standing === 'spectator' || task.status === 'complete' || task.status === 'cancelled') return null;
  const cancel = async (): Promise<void> => {
    if (await run('task.cancel', { task_id: task.id }, 'Not cancelled')) onClose();
  };
  return (
    <>
      {sure ? (
        <Button kind="danger" busy={busy} onClick={() => void cancel()}>
          Cancel {task.key} for good
        </Button>
      ) : (
        <Button kind="ghost" onClick={() => setSure(true)}>
          Cancel task
        </Button>
      )}
      <span className="grow" />
      {task.blocked_by?.kind === 'manual' && (
        <Button busy={busy} onClick={() => void run('task.unblock', { task_id: task.id })}>
          Unblock
        </Button>
      )}
      {task.status === 'review' && task.pull_request === null && (
        <Button busy={busy} onClick={() => void run('task.complete', { task_id: task.id })}>
          Complete
        </Button>
      )}
      {task.status === 'open' && (
        <Button kind="primary" onClick={onAssign}>
          <Icon name="user" />
          Assign
        </Button>
      )}
    </>
  );
}
