'use client';

import { useDraggable } from '@dnd-kit/core';
import type { TaskView } from '@clawtank/contracts';
import { type KeyboardEventHandler, memo, type PointerEventHandler } from 'react';
import type { Card } from '../../story/board';
import { lookOf } from '../../story/cast';
import { listed } from '../../story/sentence';
import { bare } from '../../story/title';
import { percentage } from '../../time/format';
import { Avatar } from '../../ui/avatar';
import { Icon } from '../../ui/icons';
import { Clock } from '../../ui/moment';
import { pct, placed } from '../../ui/placed';
import { Deadline, Priority, Size } from '../../ui/task-marks';
import { TaskGlyph } from '../../ui/status';
import { useCast, useRoom, useRoomState } from '../room-context';

interface CardProps {
  readonly card: Card<TaskView>;
  readonly fixed: boolean;
  readonly onOpen: (id: string) => void;
  readonly onPull: (number: number) => void;
  readonly onConflicts: () => void;
}

interface Listeners {
  readonly onKeyDown?: KeyboardEventHandler;
  readonly onPointerDown?: PointerEventHandler;
}

/** A task on the board. The whole card follows the pointer; the grip is for the keyboard. */
export const TaskCard = memo(function TaskCard({ card, fixed, onOpen, onPull, onConflicts }: CardProps) {
  const { task, blocked } = card;
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({
    id: task.id,
    data: { key: task.key },
    disabled: fixed,
  });
  const { onKeyDown, ...pointer } = (listeners ?? {}) as Listeners;
  const quiet = task.status === 'open' || (blocked && !task.assignee);
  return (
    <article
      ref={setNodeRef}
      className={`tk${quiet ? ' thin' : ''}${isDragging ? ' gone' : ''}${card.asking ? ' asks' : ''}`}
      aria-label={`${task.key} ${bare(task.title)}`}
      {...pointer}
    >
      <div className="a">
        {!fixed && (
          <button
            type="button"
            className="grip"
            {...attributes}
            aria-label={`Move ${task.key}`}
            onKeyDown={(event) => onKeyDown?.(event)}
          >
            <Icon name="drag" size={14} />
          </button>
        )}
        {blocked && <TaskGlyph shape="blocked" label="Blocked" />}
        <span className="key">{task.key}</span>
        <button type="button" className="ti cut" onClick={() => onOpen(task.id)}>
          {bare(task.title)}
        </button>
        {quiet &&
          task.capabilities.slice(0, 1).map((word) => (
            <span className="chip" key={word}>
              {word}
            </span>
          ))}
        {blocked && card.waitsFor.length > 0 && (
          <span className="xs t3">waits for {listed(card.waitsFor)}</span>
        )}
        <Deadline on={task.deadline} />
        <Priority priority={task.priority} />
        <Size size={task.size} />
      </div>
      {!quiet && <Working card={card} onPull={onPull} />}
      {!quiet && <Progress task={task} />}
      <Note card={card} onConflicts={onConflicts} />
    </article>
  );
});

function Working({ card, onPull }: { card: Card<TaskView>; onPull: (number: number) => void }) {
  const { task } = card;
  const cast = useCast();
  const look = task.assignee ? lookOf(cast, task.assignee) : undefined;
  const pull = useRoom((snapshot) =>
    snapshot.pull_requests.find(({ number }) => number === task.pull_request),
  );
  return (
    <div className="bq">
      {look && <Avatar look={look} size={22} />}
      {pull ? (
        <button
          type="button"
          className="slug"
          onClick={() => onPull(pull.number)}
          aria-label={`Pull request ${pull.number}`}
        >
          <Icon name="pr" />#{pull.number}
        </button>
      ) : (
        task.branch && (
          <span className="slug cut">
            <Icon name="branch" />
            {task.branch}
          </span>
        )
      )}
      {pull && <Checks states={pull.checks.map(({ state }) => state)} />}
      <span className="end">
        {card.asking && <span className="chip warning">Asks a person</span>}
        {pull?.state === 'open' &&
          (pull.approved ? (
            <span className="chip success">
              <Icon name="check" size={12} />
              Approved
            </span>
          ) : (
            <span className="chip warning">Needs review</span>
          ))}
        {!pull &&
          task.capabilities.slice(0, 2).map((word) => (
            <span className="chip" key={word}>
              {word}
            </span>
          ))}
      </span>
    </div>
  );
}

function Checks({ states }: { states: readonly ('pending' | 'success' | 'failure' | 'error')[] }) {
  if (states.length === 0) return null;
  const bad = states.filter((state) => state === 'failure' || state === 'error').length;
  const open = states.filter((state) => state === 'pending').length;
  if (bad > 0)
    return (
      <span className="ck bad">
        <Icon name="x" size={14} />
        {bad} failed
      </span>
    );
  if (open > 0) return <span className="ck">{open} running</span>;
  return (
    <span className="ck ok">
      <Icon name="check" size={14} />
      {states.length === 1 ? '1 check' : `${states.length} checks`}
    </span>
  );
}

function Progress({ task }: { task: TaskView }) {
  const signalled = useRoomState((state) =>
    task.assignee ? state.signals.progress.get(task.assignee.id) : undefined,
  );
  const onIt = useRoom((snapshot) =>
    snapshot.agents.find(({ agent, task_id }) => agent.id === task.assignee?.id && task_id === task.id),
  );
  const progress = onIt ? (signalled ?? onIt.progress ?? task.progress) : task.progress;
  if (task.status !== 'in_progress' || progress === null) return null;
  return (
    <div className="bq">
      <span className="bar grow">
        <i ref={placed({ '--v': pct(progress * 100) })} />
      </span>
      <span className="xs t3 num">{onIt?.detail ?? task.note ?? percentage(progress)}</span>
    </div>
  );
}

function Note({ card, onConflicts }: { card: Card<TaskView>; onConflicts: () => void }) {
  const { task, conflictsWith } = card;
  const files = useRoom(
    (snapshot) =>
      snapshot.conflicts.find(({ state, task_ids }) => state !== 'resolved' && task_ids.includes(task.id))
        ?.files,
  );
  if (conflictsWith.length > 0)
    return (
      <div className="note danger">
        <Icon name="conflict" size={14} />
        <span className="grow cut">
          {task.status === 'blocked' ? 'Conflicts with' : 'Will conflict with'} {listed(conflictsWith)}
          {files && (
            <>
              {' '}
              in <span className="mono">{listed(files, 1)}</span>
            </>
          )}
        </span>
        <button type="button" className="b" onClick={onConflicts}>
          Compare
        </button>
      </div>
    );
  const first = task.blocked_by?.kind === 'paths' ? task.blocked_by.waits_for[0] : undefined;
  if (first)
    return (
      <div className="note">
        <Icon name="lock" size={14} />
        <span className="grow cut">
          In line for <span className="mono">{first.pattern}</span>, held by {first.holder_name} for{' '}
          {first.task_key}
        </span>
      </div>
    );
  if (task.blocked_by?.kind === 'manual')
    return (
      <div className="note">
        <Icon name="warn" size={14} />
        <span className="grow">{task.blocked_by.reason}</span>
      </div>
    );
  if (task.blocked_by?.kind === 'paths')
    return (
      <div className="note">
        <Icon name="warn" size={14} />
        <span className="grow">
          {task.blocked_by.waits_for
            .map((wait) => `Waits for ${wait.task_key} (${wait.holder_name}) on ${wait.held_pattern}`)
            .join(', ')}
        </span>
      </div>
    );
  return null;
}

/** A finished task in one line. */
export function DoneLine({ task, onOpen }: { task: TaskView; onOpen: (id: string) => void }) {
  const cast = useCast();
  const look = task.assignee ? lookOf(cast, task.assignee) : undefined;
  return (
    <div className="dn">
      <span className="key">{task.key}</span>
      <button type="button" className="cut grow" onClick={() => onOpen(task.id)}>
        {bare(task.title)}
      </button>
      {look && <Avatar look={look} size={18} />}
      {task.completed_at && (
        <span className="xs t3 num">
          <Clock at={task.completed_at} served={0} />
        </span>
      )}
    </div>
  );
}
