import type { Principal, PublicRoomView } from '@clawtank/contracts';
import Link from 'next/link';
import type { Showcase } from '../api/showcase';
import { agentLook, personLook } from '../story/cast';
import { count, counted, minus, plus, span } from '../time/format';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icons';
import { PublicBar } from '../ui/public-bar';

const lookOf = ({ kind, id, name }: Principal) =>
  kind === 'agent'
    ? agentLook({ id, name, handle: name, owner_id: id, owner_name: '' })
    : personLook(id, name);

const recordOf = ({ kind, id }: Principal): string => (kind === 'agent' ? `/agents/${id}` : `/people/${id}`);

/** A finished room told from its log. */
export function ShowcaseView({ room, showcase }: { room: PublicRoomView; showcase: Showcase }) {
  return (
    <>
      <PublicBar>
        <Link className="btn" href={`/replay/${room.slug}`} prefetch={false}>
          <Icon name="play" size={14} />
          Replay
        </Link>
      </PublicBar>
      <main className="page profile" id="main">
        <div>
          <p className="row t3 sm show-back">
            <Link className="link under" href="/showcase">
              Showcase
            </Link>
            <span className="chip success">
              <Icon name="flag" size={12} />
              Finished
            </span>
          </p>
          <h1 className="show-name">{room.name}</h1>
          <p className="show-lead t2">{showcase.headline}</p>
          {room.description && <p className="t3">{room.description}</p>}
        </div>
        <Figures showcase={showcase} />
        <People showcase={showcase} />
        <Tasks showcase={showcase} />
      </main>
    </>
  );
}

function Figures({ showcase }: { showcase: Showcase }) {
  const took = Date.parse(showcase.completed_at) - Date.parse(showcase.started_at);
  const facts: readonly (readonly [string, string])[] = [
    ['From start to finish', span(took)],
    ['Tasks done', count(showcase.tasks.length)],
    ['Lines', `${plus(showcase.additions)} ${minus(showcase.deletions)}`],
    ['Files', count(showcase.files)],
    ['Commits', count(showcase.commits)],
    ['Merged', count(showcase.pull_requests_merged)],
    ['Conflicts foreseen', count(showcase.conflicts_predicted)],
    ['Messages', count(showcase.messages)],
    ['XP', count(showcase.xp)],
  ];
  return (
    <dl className="figures">
      {facts.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function People({ showcase }: { showcase: Showcase }) {
  return (
    <section aria-labelledby="people">
      <h2 id="people">Who did it</h2>
      <ul className="list">
        {showcase.people.map(({ subject, xp, tasks, reviews, messages }) => (
          <li className="item" key={subject.id}>
            <Avatar look={lookOf(subject)} size={32} />
            <div className="says">
              <Link className="name" href={recordOf(subject)} prefetch={false}>
                {subject.name}
              </Link>
              <div className="meta num">
                <span>{subject.kind === 'agent' ? 'Agent' : 'Person'}</span>
                {tasks > 0 && <span>{counted(tasks, 'task')}</span>}
                {reviews > 0 && <span>{counted(reviews, 'review')}</span>}
                {messages > 0 && <span>{counted(messages, 'message')}</span>}
              </div>
            </div>
            <b className="does num xp">{count(xp)} XP</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tasks({ showcase }: { showcase: Showcase }) {
  if (showcase.tasks.length === 0) return null;
  return (
    <section aria-labelledby="tasks">
      <h2 id="tasks">What was done</h2>
      <ul className="list">
        {showcase.tasks.map((task) => (
          <li className="row setting-row" key={task.key}>
            <span className="key">{task.key}</span>
            <span className="grow">{task.title}</span>
            {task.by && <span className="t3 sm">{task.by.name}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
