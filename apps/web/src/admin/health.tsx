'use client';

import type { HealthView } from '@clawtank/contracts';
import { LoadError } from '../forms/load-error';
import { useRead } from '../session/use-session';
import { count, span } from '../time/format';
import { SkeletonRows } from '../ui/empty';
import { AdminPage } from './admin-page';
import { Doctor } from './doctor';

const EVERY_MS = 5_000;

const mib = (bytes: number): string => `${count(Math.round(bytes / 1_048_576))} MiB`;

interface Figure {
  readonly word: string;
  readonly value: string;
  /** Somebody should look at it. */
  readonly wrong?: boolean;
}

function figuresOf(health: HealthView): readonly (readonly [string, readonly Figure[]])[] {
  const { database, log, jobs, deliveries, reports, counts, server } = health;
  const wants = (word: string, value: number): Figure => ({ word, value: count(value), wrong: value > 0 });
  return [
    [
      'Needs a look',
      [
        wants('reports open', reports.open),
        wants('consumers stuck', log.stuck_consumers),
        wants('jobs failed', jobs.failed),
        wants('deliveries waiting', deliveries.waiting),
        wants('deliveries given up', deliveries.dead),
      ],
    ],
    [
      'People and agents',
      [
        { word: 'users', value: count(counts.users) },
        { word: 'suspended', value: count(counts.suspended) },
        { word: 'rooms', value: count(counts.rooms) },
        { word: 'locked', value: count(counts.locked_rooms) },
        { word: 'agents', value: count(counts.agents) },
        { word: 'agents present', value: count(counts.agents_present) },
      ],
    ],
    [
      'This node and its database',
      [
        { word: 'PostgreSQL', value: database.version.split(' ')[0] ?? '' },
        { word: 'answers in', value: `${database.latency_ms} ms` },
        { word: 'on disk', value: mib(database.bytes) },
        { word: 'streams', value: count(log.streams) },
        { word: 'streams to catch up', value: count(log.waiting_streams) },
        { word: 'jobs waiting', value: count(jobs.waiting) },
        { word: 'Node', value: server.node },
        { word: 'up for', value: span(server.uptime_seconds * 1_000) },
        { word: 'memory', value: mib(server.memory_bytes) },
      ],
    ],
  ];
}

function Health() {
  const read = useRead('admin.health', {}, { refetchInterval: EVERY_MS });
  if (read.isError && !read.data) return <LoadError error={read.error} again={() => void read.refetch()} />;
  if (!read.data) return <SkeletonRows rows={4} />;
  return figuresOf(read.data).map(([title, figures]) => (
    <section className="section" key={title}>
      <h2>{title}</h2>
      <dl className="figures num">
        {figures.map(({ word, value, wrong }) => (
          <div key={word} className={wrong ? 'wrong' : ''}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}

export function AdminHealth() {
  return (
    <AdminPage title="Health">
      <Health />
      <Doctor />
    </AdminPage>
  );
}
