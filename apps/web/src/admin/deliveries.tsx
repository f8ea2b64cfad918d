'use client';

import type { DeliveryView } from '@clawtank/contracts';
import { type ReactNode, useState } from 'react';
import { usePages } from '../session/use-pages';
import { useRead } from '../session/use-session';
import { count } from '../time/format';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { SkeletonRows } from '../ui/empty';
import { Repair } from './act';
import { AdminPage } from './admin-page';
import { moment } from './moment';
import { type Column, ReadTable } from './table';

function Body({ id }: { id: string }) {
  const read = useRead('admin.delivery', { delivery_id: id });
  if (!read.data) return <SkeletonRows rows={3} />;
  const { body, truncated, error } = read.data.delivery;
  return (
    <>
      {error && <p className="hint">The last try failed: {error}</p>}
      <pre className="block" tabIndex={0}>
        {body}
      </pre>
      {truncated && <p className="hint">Cut after 64 KiB.</p>}
    </>
  );
}

const STATES: Readonly<Record<DeliveryView['state'], (one: DeliveryView) => ReactNode>> = {
  waiting: (one) => (
    <span className="chip warning" title={one.error ?? undefined}>
      Waiting
    </span>
  ),
  processed: (one) => <span title={one.outcome ?? undefined}>Handled</span>,
  dead: (one) => (
    <span className="chip danger" title={one.error ?? undefined}>
      Given up
    </span>
  ),
};

const COLUMNS: readonly Column<DeliveryView>[] = [
  { head: 'From', cell: (one) => one.provider },
  { head: 'Event', cell: (one) => one.event },
  { head: 'Its own id', cell: (one) => <span className="mono">{one.delivery_id}</span> },
  { head: 'Bytes', cell: (one) => count(one.bytes), figure: true },
  { head: 'Came', cell: (one) => moment(one.received_at), whole: true },
  { head: 'Proof', cell: (one) => (one.proof === 'token' ? 'token (weaker)' : 'signature') },
  { head: 'Tries', cell: (one) => count(one.attempts), figure: true },
  { head: 'State', cell: (one) => STATES[one.state](one) },
];

function Deliveries() {
  const [shown, setShown] = useState<string | null>(null);
  const list = usePages(['admin.deliveries'], (client, page) => client.rest.query('admin.deliveries', page));
  const acts: Column<DeliveryView> = {
    head: 'Acts',
    acts: true,
    cell: (one) => (
      <span className="row">
        <Button size="sm" onClick={() => setShown(one.id)} aria-label={`Show: ${one.delivery_id}`}>
          Show
        </Button>
        <Repair
          command="admin.redeliver"
          input={{ delivery_id: one.id }}
          word="Handle again"
          about={one.delivery_id}
        />
      </span>
    ),
  };
  return (
    <>
      <ReadTable
        list={list}
        columns={[...COLUMNS, acts]}
        label="Deliveries"
        nothing="No git host has told this server anything yet."
        rowKey={(one) => one.id}
      />
      <Dialog wide open={shown !== null} onOpenChange={() => setShown(null)} title="What was delivered">
        {shown && <Body id={shown} />}
      </Dialog>
    </>
  );
}

export function AdminDeliveries() {
  return (
    <AdminPage title="Deliveries">
      <Deliveries />
    </AdminPage>
  );
}
