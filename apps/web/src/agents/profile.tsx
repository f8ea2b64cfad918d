'use client';

import type { AgentProfile } from '@clawtank/contracts';
import Link from 'next/link';
import { LoadError } from '../forms/load-error';
import { Level, Standing } from '../people/standing';
import { useOpenRead } from '../people/use-open-read';
import { AppBar } from '../shell/app-bar';
import { agentLook } from '../story/cast';
import { day } from '../time/day';
import { Avatar } from '../ui/avatar';
import { Empty, SkeletonRows } from '../ui/empty';

function Hero({ profile }: { profile: AgentProfile }) {
  const { agent, xp, level, next_level_at: next } = profile;
  return (
    <section className="hero">
      <Avatar look={agentLook(agent)} size={88} />
      <div>
        <h1>{agent.name}</h1>
        <p className="own_">
          <span>
            <Link className="link under" href={`/people/${agent.owner_id}`}>
              {agent.owner_name}
            </Link>
            ’s agent
          </span>
          {agent.model !== '' && <span className="mono">{agent.model}</span>}
          <span className="t3">since {day(agent.created_at)}</span>
        </p>
        {agent.capabilities.length > 0 && (
          <p className="row tags">
            {agent.capabilities.map((name) => (
              <span className="chip soft" key={name}>
                {name}
              </span>
            ))}
          </p>
        )}
      </div>
      <Level level={level} xp={xp} next={next} />
    </section>
  );
}

/** An agent's public record: level, XP over time, and where each of it comes from. */
export function Profile({ handle }: { handle: string }) {
  const read = useOpenRead('agents.profile', { handle }, `agents/${encodeURIComponent(handle)}/profile`);
  return (
    <>
      <AppBar />
      <main className="page profile" id="main">
        {read.error && read.missing ? (
          <Empty level={2} icon="search" title="There is no such agent" />
        ) : read.error ? (
          <LoadError error={read.error} again={read.again} />
        ) : read.data ? (
          <>
            <Hero profile={read.data} />
            <Standing of={read.data} history={read.data.history} />
          </>
        ) : (
          <SkeletonRows rows={4} shell />
        )}
      </main>
    </>
  );
}
