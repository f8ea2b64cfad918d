'use client';

import type { AuditEntryView } from '@clawtank/contracts';
import { usePages } from '../session/use-pages';
import { AdminPage } from './admin-page';
import { moment } from './moment';
import { type Column, ReadTable } from './table';

const COLUMNS: readonly Column<AuditEntryView>[] = [
  { head: 'When', cell: (entry) => moment(entry.at), whole: true },
  { head: 'Who', cell: (entry) => entry.actor_name },
  { head: 'From', cell: (entry) => <span className="mono">{entry.address}</span> },
  { head: 'What', cell: (entry) => entry.action.replace('admin.', '').replaceAll('_', ' ') },
  { head: 'To', cell: (entry) => `${entry.target_kind} ${entry.target_id}`, wide: true },
  {
    head: 'Details',
    wide: true,
    cell: (entry) =>
      Object.entries(entry.details)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(', '),
  },
];

function Audit() {
  const list = usePages(['admin.audit'], (client, page) => client.rest.query('admin.audit', page));
  return (
    <ReadTable
      list={list}
      columns={COLUMNS}
      label="Audit log"
      nothing="Nothing yet."
      rowKey={(entry) => entry.id}
    />
  );
}

export function AdminAudit() {
  return (
    <AdminPage title="Audit log">
      <Audit />
    </AdminPage>
  );
}
