'use client';

import type { JobView, StuckConsumerView } from '@clawtank/contracts';
import { useState } from 'react';
import { usePages } from '../session/use-pages';
import { Choice } from '../ui/field';
import { Repair } from './act';
import { AdminPage } from './admin-page';
import { moment } from './moment';
import { type Column, ReadTable } from './table';

const JOBS: readonly Column<JobView>[] = [
  { head: 'Job', cell: (job) => <span className="mono">{job.name}</span> },
  {
    head: 'State',
    cell: (job) => (job.state === 'failed' ? <span className="chip danger">Failed</span> : job.state),
  },
  { head: 'Asked for', cell: (job) => moment(job.created_at), whole: true },
  { head: 'Ended', cell: (job) => (job.completed_at ? moment(job.completed_at) : ''), whole: true },
  { head: 'Error', cell: (job) => job.error ?? '', wide: true },
  {
    head: 'Acts',
    acts: true,
    cell: (job) =>
      job.state === 'failed' && (
        <Repair command="admin.retry_job" input={{ job_id: job.id }} word="Run again" about={job.name} />
      ),
  },
];

const LETTERS: readonly Column<StuckConsumerView>[] = [
  { head: 'Consumer', cell: (one) => one.consumer },
  { head: 'Stream', cell: (one) => <span className="mono">{one.stream}</span> },
  { head: 'After event', cell: (one) => one.position, figure: true },
  { head: 'Failures', cell: (one) => one.failures, figure: true },
  { head: 'Next try', cell: (one) => (one.retry_at ? moment(one.retry_at) : 'now'), whole: true },
  { head: 'Error', cell: (one) => one.last_error?.split('\n')[0] ?? '', wide: true },
  {
    head: 'Acts',
    acts: true,
    cell: (one) => (
      <Repair
        command="admin.retry_consumer"
        input={{ consumer: one.consumer, stream: one.stream }}
        word="Try now"
        about={`${one.consumer} on ${one.stream}`}
      />
    ),
  },
];

function Jobs() {
  const [failed, setFailed] = useState(false);
  const jobs = usePages(['admin.jobs', failed], (client, page) =>
    client.rest.query('admin.jobs', { ...page, ...(failed ? { state: 'failed' as const } : {}) }),
  );
  const letters = usePages(['admin.dead_letters'], (client, page) =>
    client.rest.query('admin.dead_letters', page),
  );
  return (
    <>
      <section className="section">
        <h2>Dead letters</h2>
        <ReadTable
          list={letters}
          columns={LETTERS}
          label="Dead letters"
          nothing="No consumer is stuck."
          rowKey={(one) => `${one.consumer} ${one.stream}`}
        />
      </section>
      <section className="section">
        <h2>Recurring jobs</h2>
        <div className="filters">
          <Choice checked={failed} onChange={(event) => setFailed(event.currentTarget.checked)}>
            Failed ones only
          </Choice>
        </div>
        <ReadTable
          list={jobs}
          columns={JOBS}
          label="Recurring jobs"
          nothing="No runs."
          rowKey={(job) => job.id}
        />
      </section>
    </>
  );
}

export function AdminJobs() {
  return (
    <AdminPage title="Jobs">
      <Jobs />
    </AdminPage>
  );
}
