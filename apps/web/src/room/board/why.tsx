'use client';

import type { TaskWhyView } from '@clawtank/contracts';
import { useRead } from '../../session/use-session';
import { lookOf } from '../../story/cast';
import { percentage } from '../../time/format';
import { Avatar } from '../../ui/avatar';
import { Icon } from '../../ui/icons';
import { useCast } from '../room-context';

/** Why nobody is on an open task, in the server's own words, and how each agent stands to it. */
export function Why({ taskId }: { taskId: string }) {
  const why = useRead('tasks.why', { task_id: taskId });
  if (!why.data) return null;
  const { answer, hindrances, agents } = why.data;
  return (
    <section className="why-box" aria-label="Why is nobody on it?">
      <h3 className="row">
        <Icon name="help" size={14} />
        Why is nobody on it?
      </h3>
      <p>{answer}</p>
      {hindrances.map(({ code, text }) => (
        <p key={code} className="t2">
          {text}
        </p>
      ))}
      <ul>
        {agents.map((match) => (
          <AgentStands key={match.agent.id} match={match} />
        ))}
      </ul>
    </section>
  );
}

function AgentStands({ match }: { match: TaskWhyView['agents'][number] }) {
  const cast = useCast();
  const look = lookOf(cast, match.agent);
  const words = match.hindrances
    .map(({ text }) => text)
    .concat(match.hindrances.length > 0 ? [] : match.reasons);
  return (
    <li className="row sm">
      {look && <Avatar look={look} size={20} />}
      <span className="b">{match.agent.name}</span>
      <span className="t3 cut grow" title={words.join(' ')}>
        {words.join(' ')}
      </span>
      <span className="num t3">{match.fits ? percentage(match.score) : 'no fit'}</span>
    </li>
  );
}
