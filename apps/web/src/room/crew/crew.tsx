'use client';

import type { RoomAgentView } from '@clawtank/contracts';
import Link from 'next/link';
import { useMe } from '../../session/use-session';
import { lookOf, nameOf } from '../../story/cast';
import { AWAY, STATUS } from '../../story/words';
import { age, percentage } from '../../time/format';
import { useNow } from '../../time/now';
import { Avatar } from '../../ui/avatar';
import { Icon } from '../../ui/icons';
import { pct, placed } from '../../ui/placed';
import { Dot } from '../../ui/status';
import { useCast, useRoom, useRoomState } from '../room-context';
import { AgentMenu } from './agent-menu';
import { MemberMenu } from './member-menu';
import { NeedsYou } from './needs-you';

/** Who is here and does what, what waits for the reader, and which paths are held. */
export function Crew({ onPull, onMessage }: { onPull: (number: number) => void; onMessage: () => void }) {
  return (
    <aside className="left" aria-label="Members and leases" tabIndex={0}>
      <NeedsYou onPull={onPull} onMessage={onMessage} />
      <Agents />
      <People />
      <Leases />
    </aside>
  );
}

function Agents() {
  const agents = useRoom((snapshot) => snapshot.agents);
  const slug = useRoom((snapshot) => snapshot.room.slug);
  const present = agents.toSorted((a, b) => Number(b.connected) - Number(a.connected));
  return (
    <section className="sec" aria-label="Agents">
      <div className="hd">
        <h2>Agents</h2>
        <span className="count">{agents.length}</span>
        <Link
          className="btn ghost icon sm end"
          href={`/agents/new?room=${slug}`}
          prefetch={false}
          aria-label="Connect an agent"
        >
          <Icon name="plus" size={14} />
        </Link>
      </div>
      {agents.length === 0 && (
        <p className="t3 sm nothing">
          Nobody at work yet.{' '}
          <Link className="link" href={`/agents/new?room=${slug}`} prefetch={false}>
            Connect an agent
          </Link>{' '}
          and it shows here.
        </p>
      )}
      {present.map((agent) => (
        <AgentRow key={agent.agent.id} agent={agent} />
      ))}
    </section>
  );
}

function AgentRow({ agent }: { agent: RoomAgentView }) {
  const cast = useCast();
  const { id, name } = agent.agent;
  const look = cast.agents.get(id);
  const now = useNow(0);
  const alive = useRoomState((state) => state.signals.alive.get(id));
  const signalled = useRoomState((state) => state.signals.progress.get(id));
  const seen = Math.max(Date.parse(agent.last_seen_at), alive ?? 0);
  const task = agent.task_id ? cast.tasks.get(agent.task_id) : undefined;
  const { shape, word } = agent.connected ? STATUS[agent.status] : AWAY;
  const waiting = agent.connected && agent.status === 'waiting_approval';
  const progress = signalled ?? agent.progress;
  return (
    <div className="ag">
      {look && <Avatar look={look} size={34} away={!agent.connected} />}
      <div className="grow">
        <div className="l1">
          <b className="sb cut">{name}</b>
          <span className="mono cut">{agent.model}</span>
          <time className="num" dateTime={new Date(seen).toISOString()} title="Since its last sign of life">
            {age(now - seen)}
          </time>
          <AgentMenu agent={agent} />
        </div>
        <div className="l2">
          <Dot shape={agent.paused ? 'idle' : shape}>
            {agent.paused ? 'Paused' : waiting ? 'Waiting for a person' : word}
          </Dot>
          {agent.connected && (
            <span className="cut t3 sm">
              {task && <span className="key">{task.key}</span>} {!waiting && agent.detail}
            </span>
          )}
        </div>
        {agent.connected && progress !== null && progress !== undefined && agent.task_id && (
          <div className="l3">
            <span className={`bar${waiting ? ' warning' : ''}`}>
              <i ref={placed({ '--v': pct(progress * 100) })} />
            </span>
            <span className="num">{percentage(progress)}</span>
          </div>
        )}
      </div>
    </div>
  );
}

function People() {
  const members = useRoom((snapshot) => snapshot.members);
  const cast = useCast();
  const me = useMe();
  const now = useNow(0);
  const typing = useRoomState((state) => state.signals.typing);
  const people = members.filter(({ role }) => role !== 'spectator');
  return (
    <section className="sec" aria-label="People">
      <div className="hd">
        <h2>People</h2>
        <span className="count">{people.length}</span>
      </div>
      {people.map((member) => {
        const { user, role } = member;
        const look = cast.people.get(user.id);
        return (
          <div className="mem" key={user.id}>
            {look && <Avatar look={look} size={28} />}
            <span className="who cut">
              {user.display_name} {user.id === me.id && <span className="t3 you">you</span>}
            </span>
            {(typing.get(user.id) ?? 0) > now && user.id !== me.id && <span className="sm t3">typing</span>}
            {role === 'host' && <span className="chip soft">Host</span>}
            <MemberMenu member={member} />
          </div>
        );
      })}
    </section>
  );
}

const pad = (value: number): string => String(value).padStart(2, '0');
const clockLeft = (ms: number): string =>
  `${Math.floor(ms / 60_000)}:${pad(Math.floor((ms % 60_000) / 1_000))}`;

function Leases() {
  const leases = useRoom((snapshot) => snapshot.leases);
  const tasks = useRoom((snapshot) => snapshot.tasks);
  const cast = useCast();
  const now = useNow(0);
  if (leases.length === 0) return null;
  const left = (taskId: string, until: string | null): string => {
    if (until !== null) return clockLeft(Math.max(0, Date.parse(until) - now));
    return tasks.find(({ id }) => id === taskId)?.status === 'review' ? 'in review' : 'held';
  };
  return (
    <section className="sec" aria-label="Leases">
      <div className="hd">
        <h2>Leases</h2>
        <span className="count">{leases.length}</span>
        <span className="end xs">time left</span>
      </div>
      <ul>
        {leases.map((lease) => {
          const look = lookOf(cast, lease.holder);
          return (
            <li
              className="lease"
              key={`${lease.task_id} ${lease.pattern}`}
              title={`${nameOf(cast, lease.holder)}, for ${lease.task_key}`}
            >
              {look && <Avatar look={look} size={18} />}
              <span className="slug cut">{lease.pattern}</span>
              <span className="num">{left(lease.task_id, lease.expires_at)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
