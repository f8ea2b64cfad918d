'use client';

import type { ReportView } from '@clawtank/contracts';
import { useState } from 'react';
import { usePages } from '../session/use-pages';
import { day } from '../time/day';
import { Choice } from '../ui/field';
import { Repair } from './act';
import { AdminPage } from './admin-page';
import { type Column, ReadTable } from './table';

const COLUMNS: readonly Column<ReportView>[] = [
  { head: 'About', cell: (report) => `${report.subject}: ${report.subject_text ?? 'gone'}`, wide: true },
  { head: 'What they say', cell: (report) => report.text, wide: true },
  { head: 'By', cell: (report) => report.reporter.display_name },
  { head: 'When', cell: (report) => day(report.created_at) },
  {
    head: 'Acts',
    acts: true,
    cell: (report) =>
      report.outcome ?? (
        <span className="row">
          {(['acted', 'dismissed'] as const).map((outcome) => (
            <Repair
              key={outcome}
              command="admin.resolve_report"
              input={{ report_id: report.id, outcome }}
              word={outcome === 'acted' ? 'Acted on' : 'Dismiss'}
              about={report.text}
            />
          ))}
        </span>
      ),
  },
];

function Reports() {
  const [all, setAll] = useState(false);
  const list = usePages(['admin.reports', all], (client, page) =>
    client.rest.query('admin.reports', { ...page, ...(all ? {} : { open: true }) }),
  );
  return (
    <>
      <div className="filters">
        <Choice checked={all} onChange={(event) => setAll(event.currentTarget.checked)}>
          Closed ones too
        </Choice>
      </div>
      <ReadTable
        list={list}
        columns={COLUMNS}
        label="Reports"
        nothing="No reports."
        rowKey={(report) => report.id}
      />
    </>
  );
}

export function AdminReports() {
  return (
    <AdminPage title="Reports">
      <Reports />
    </AdminPage>
  );
}
