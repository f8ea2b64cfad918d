import type { SpectatorSnapshot } from '@clawtank/contracts';
import { useMemo } from 'react';
import { boardOf, type Card, type Column } from '../story/board';
import { type Cast, lookOf } from '../story/cast';
import { listed } from '../story/sentence';
import { bare } from '../story/title';
import { percentage } from '../time/format';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icons';
import { pct, placed } from '../ui/placed';
import { Dot, TaskGlyph } from '../ui/status';
import { Priority, Size } from '../ui/task-marks';

/** Cards of a column at most; a long list of finished work belongs elsewhere. */
const CARDS = 12;

/** The five columns. */
export function Board({
  snapshot,
  cast,
  ended,
}: {
  snapshot: SpectatorSnapshot;
  cast: Cast;
  ended: boolean;
}) {
  const columns = useMemo(() => boardOf(snapshot), [snapshot]);
  return (
    <section className="bd" aria-label="Board">
      {columns.map((column) => (
        <BoardColumn key={column.shape} column={column} cast={cast} ended={ended} />
      ))}
    </section>
  );
}

function BoardColumn({ column, cast, ended }: { column: Column; cast: Cast; ended: boolean }) {
  const rest = column.cards.length - CARDS;
  return (
    <div className={`c${column.cards.length === 0 ? ' none' : ''}`}>
      <h2 className="hd">
        <TaskGlyph shape={column.shape} />
        {column.word}
        <span className="count">{column.cards.length}</span>
      </h2>
      {column.cards.slice(0, CARDS).map((card) => (
        <TaskCard key={card.task.id} card={card} cast={cast} />
      ))}
      {column.shape === 'open' && column.cards.length === 0 && !ended && (
        <p className="xs t3 hint">What is asked for in the chat lands here.</p>
      )}
      {rest > 0 && <p className="xs t3 hint">and {rest} more</p>}
    </div>
  );
}

function TaskCard({ card, cast }: { card: Card; cast: Cast }) {
  const { task, blocked } = card;
  return (
    <article className="wk">
      <div className="row top-row">
        {blocked && <TaskGlyph shape="blocked" label="Blocked" />}
        <span className="key">{task.key}</span>
      </div>
      <h3 className="ti">{bare(task.title)}</h3>
      {task.status === 'in_progress' && task.progress !== null && (
        <span className="bar">
          <i ref={placed({ '--v': pct(task.progress * 100) })} />
        </span>
      )}
      <Foot card={card} cast={cast} />
    </article>
  );
}

function Foot({ card, cast }: { card: Card; cast: Cast }) {
  const { task } = card;
  const look = task.assignee ? lookOf(cast, task.assignee) : undefined;
  return (
    <div className="row foot">
      {look ? <Avatar look={look} size={20} /> : <Priority priority={task.priority} />}
      <Note card={card} />
    </div>
  );
}

function Note({ card }: { card: Card }) {
  const { task, blocked, waitsFor, conflictsWith, approved, asking } = card;
  if (conflictsWith.length > 0)
    return (
      <span className="chip danger">
        <Icon name="conflict" size={12} />
        <span className="vh">Conflict with</span>
        {listed(conflictsWith)}
      </span>
    );
  if (asking) return <Dot shape="waiting">Asks a person</Dot>;
  if (waitsFor.length > 0) return <span className="xs t3 cut">waits for {listed(waitsFor)}</span>;
  if (blocked) return <span className="xs t3">blocked</span>;
  if (task.status === 'review' && approved)
    return (
      <span className="chip success">
        <Icon name="check" size={12} />
        Approved
      </span>
    );
  if (task.status === 'in_progress' && task.progress !== null)
    return <span className="xs t3 num">{percentage(task.progress)}</span>;
  if (task.status === 'open') return <Size size={task.size} />;
  return null;
}
