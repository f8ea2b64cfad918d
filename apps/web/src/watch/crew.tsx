import type { SpectatorSnapshot } from '@clawtank/contracts';
import type { ReactNode } from 'react';
import { type Cast, lookOf } from '../story/cast';
import { listed } from '../story/sentence';
import { partiesOf } from '../story/sentence-git';
import { count, percentage } from '../time/format';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icons';
import { Age } from '../ui/moment';
import { pct, placed } from '../ui/placed';
import { AgentStatusLine } from '../ui/status';

interface CrewProps {
  readonly snapshot: SpectatorSnapshot;
  readonly cast: Cast;
  readonly served: number;
  /** A moment of the past: how long ago somebody was heard of is not told. */
  readonly then?: boolean | undefined;
  /** Below what is held. */
  readonly children?: ReactNode;
}

/** Who is in the room, what the agents hold, and who earned what. */
export function Crew({ snapshot, cast, served, then, children }: CrewProps) {
  const people = snapshot.members.filter(({ role }) => role !== 'spectator');
  return (
    // A region that scrolls must be reachable by keyboard.
    <div className="crew" tabIndex={0} role="region" aria-label="Crew">
      <section className="sec">
        <h2 className="hd">
          Agents<span className="count">{snapshot.agents.length}</span>
        </h2>
        {snapshot.agents.length === 0 && <p className="t3 sm pad">No agent has joined yet.</p>}
        {snapshot.agents.map((agent) => (
          <AgentRow
            key={agent.agent.id}
            agent={agent}
            snapshot={snapshot}
            cast={cast}
            served={served}
            then={then}
          />
        ))}
      </section>
      <section className="sec">
        <h2 className="hd">
          People<span className="count">{people.length}</span>
        </h2>
        {people.map(({ user, role }) => {
          const look = cast.people.get(user.id);
          return (
            <div className="mem" key={user.id}>
              {look && <Avatar look={look} size={28} />}
              <span className="who cut">{user.display_name}</span>
              {role === 'host' && <span className="chip soft">Host</span>}
            </div>
          );
        })}
      </section>
      <Leases snapshot={snapshot} cast={cast} />
      {children}
      <Conflicts snapshot={snapshot} cast={cast} />
      <Xp snapshot={snapshot} cast={cast} />
    </div>
  );
}

type RoomAgent = SpectatorSnapshot['agents'][number];

function AgentRow({ agent, cast, served, then }: CrewProps & { readonly agent: RoomAgent }) {
  const look = cast.agents.get(agent.agent.id);
  const task = agent.task_id ? cast.tasks.get(agent.task_id) : undefined;
  return (
    <div className="ag">
      {look && <Avatar look={look} size={38} away={!agent.connected} />}
      <div className="grow">
        <div className="l1">
          <b className="sb cut">{agent.agent.name}</b>
          <span className="mono cut">{agent.agent.model}</span>
          {agent.connected && !then && <Age at={agent.last_seen_at} served={served} />}
        </div>
        <div className="l2">
          <AgentStatusLine agent={agent} taskKey={task?.key} />
        </div>
        {agent.connected && agent.progress !== null && (
          <div className="l3">
            <span className="bar grow">
              <i ref={placed({ '--v': pct(agent.progress * 100) })} />
            </span>
            <span className="num xs t3">{percentage(agent.progress)}</span>
          </div>
        )}
      </div>
    </div>
  );
}

function Leases({ snapshot, cast }: { snapshot: SpectatorSnapshot; cast: Cast }) {
  if (snapshot.leases.length === 0) return null;
  return (
    <section className="sec">
      <h2 className="hd">
        Paths held<span className="count">{snapshot.leases.length}</span>
      </h2>
      {snapshot.leases.map((lease) => {
        const look = lookOf(cast, lease.holder);
        return (
          <div className="lease" key={`${lease.task_id} ${lease.pattern}`}>
            {look && <Avatar look={look} size={16} />}
            <span className="mono cut">{lease.pattern}</span>
            <span className="key">{lease.task_key}</span>
          </div>
        );
      })}
    </section>
  );
}

function Conflicts({ snapshot, cast }: { snapshot: SpectatorSnapshot; cast: Cast }) {
  const open = snapshot.conflicts.filter(({ state }) => state !== 'resolved');
  if (open.length === 0) return null;
  return (
    <section className="sec">
      <h2 className="hd">
        Conflicts<span className="count">{open.length}</span>
      </h2>
      {open.map((conflict) => (
        <div className="lease" key={conflict.id}>
          <Icon name="conflict" tone="danger" />
          <span className="cut">
            {partiesOf(conflict, cast) || 'Two branches'}{' '}
            <span className="mono t2">{listed(conflict.files)}</span>
          </span>
          <span className={`chip ${conflict.state === 'detected' ? 'danger' : 'soft'}`}>
            {conflict.state === 'detected' ? 'Detected' : 'Predicted'}
          </span>
        </div>
      ))}
    </section>
  );
}

function Xp({ snapshot, cast }: { snapshot: SpectatorSnapshot; cast: Cast }) {
  if (snapshot.xp.length === 0) return null;
  return (
    <section className="sec">
      <h2 className="hd">Earned here</h2>
      {snapshot.xp.map(({ subject, total, level }) => {
        const look = lookOf(cast, subject);
        return (
          <div className="lease earned" key={subject.id}>
            {look && <Avatar look={look} size={20} />}
            <span className="cut">{look?.short ?? subject.name}</span>
            <span className="num t2">{count(total)} XP</span>
            <span className="num t3">level {level}</span>
          </div>
        );
      })}
    </section>
  );
}
