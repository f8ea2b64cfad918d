'use client';

import type { AttemptView, TaskView } from '@clawtank/contracts';
import { useRead } from '../../session/use-session';
import { lookOf, nameOf } from '../../story/cast';
import { span } from '../../time/format';
import { Avatar } from '../../ui/avatar';
import { Clock } from '../../ui/moment';
import { useCast } from '../room-context';

const ENDS: Readonly<Record<NonNullable<AttemptView['end_reason']>, string>> = {
  released: 'gave it back',
  expired: 'ran out of time',
  completed: 'completed it',
  cancelled: 'was cancelled',
};

/** Every claim of a task, the last one first: who held it, how long, how that ended and what they left. */
export function Claims({ task }: { task: TaskView }) {
  const read = useRead('tasks.get', { task_id: task.id }, { staleTime: 0, enabled: task.fence !== null });
  const attempts = read.data?.attempts ?? [];
  if (attempts.length === 0) return null;
  return (
    <section className="claims" aria-label="Claims">
      <h3>
        Claims <span className="count">{attempts.length}</span>
      </h3>
      <ol>
        {attempts.toReversed().map((attempt) => (
          <Claim key={attempt.fence} attempt={attempt} />
        ))}
      </ol>
    </section>
  );
}

function Claim({ attempt }: { attempt: AttemptView }) {
  const cast = useCast();
  const look = lookOf(cast, attempt.claimant);
  const { claimed_at, ended_at, end_reason, branch, note } = attempt;
  return (
    <li>
      <div className="row sm">
        {look && <Avatar look={look} size={20} />}
        <b className="b">{nameOf(cast, attempt.claimant)}</b>
        <span className={ended_at === null ? 'accent' : 't2'}>
          {end_reason === null ? 'holds it' : ENDS[end_reason]}
        </span>
        <span className="t3 num end">
          <Clock at={claimed_at} served={0} />
          {ended_at !== null && `, ${span(Date.parse(ended_at) - Date.parse(claimed_at))}`}
        </span>
      </div>
      <div className="mono xs t3 cut">{branch}</div>
      {note && <p className="sm t2">{note}</p>}
    </li>
  );
}
