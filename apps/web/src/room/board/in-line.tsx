'use client';

import type { TaskView } from '@clawtank/contracts';
import { useRead } from '../../session/use-session';
import { Icon } from '../../ui/icons';
import { useRoom } from '../room-context';

/** A page; who stands further back has nothing of the exact number. */
const QUEUE_READ = 100;

/** Where a task stands: its place among the open ones, or what its claim waits for, path by path. */
export function InLine({ task }: { task: TaskView }) {
  if (task.status === 'open') return <Place task={task} />;
  if (task.blocked_by?.kind !== 'paths') return null;
  return (
    <section className="why-box" aria-label="In line for paths">
      <h3 className="row">
        <Icon name="lock" size={14} />
        In line for paths
      </h3>
      <ul>
        {task.blocked_by.waits_for.map((wait) => (
          <li key={`${wait.task_id} ${wait.held_pattern}`}>
            waits for <span className="key">{wait.task_key}</span> ({wait.holder_name}) on{' '}
            <span className="mono">{wait.held_pattern}</span>
          </li>
        ))}
      </ul>
      <p className="t2">It goes on by itself when they are free.</p>
    </section>
  );
}

function Place({ task }: { task: TaskView }) {
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const queue = useRead('tasks.queue', { room_id, limit: QUEUE_READ });
  const mine = queue.data?.items.find(({ task_id }) => task_id === task.id);
  if (!mine) return null;
  return (
    <p className="sm t2 num">
      {mine.rank === 1 ? 'Next in the queue' : `Number ${mine.rank} in the queue`}
      {mine.reasons.length > 0 && <span className="t3"> ({mine.reasons.join(', ')})</span>}
    </p>
  );
}
