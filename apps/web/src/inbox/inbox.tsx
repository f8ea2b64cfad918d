'use client';

import type { NotificationView } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useMemo, useState } from 'react';
import { LoadError } from '../forms/load-error';
import { useActions } from '../keys/use-actions';
import { roomPath } from '../places';
import { Members } from '../session/members';
import { useClient, useRead } from '../session/use-session';
import { Page } from '../shell/page';
import { Button } from '../ui/button';
import { Empty, SkeletonRows } from '../ui/empty';
import { Icon, type IconName } from '../ui/icons';
import { Age } from '../ui/moment';
import { toastError } from '../ui/toasts';
import { Answer } from './answer';
import { Approve } from './approve';
import { WAITING } from './waiting';

const ICONS: Readonly<Record<string, IconName>> = {
  question: 'help',
  review: 'pr',
  approval: 'shield',
  conflict: 'conflict',
  mention: 'at',
  added: 'invite',
  host: 'star',
};

/** What somebody else has done meanwhile comes by no event of the reader's own. */
const LOOK_EVERY_MS = 10_000;

/** Reads again what is in the inbox whenever the reader's own stream brings something. */
function useNews(): void {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(() => {
    const ending = new AbortController();
    const listen = async (): Promise<void> => {
      const stream = await client.me({ signal: ending.signal });
      for await (const _ of stream.updates()) {
        await queries.invalidateQueries({ queryKey: ['notifications.list'] });
      }
    };
    // Without the stream the list is still read when the page is looked at again.
    listen().catch(() => undefined);
    return () => ending.abort();
  }, [client, queries]);
}

function placeOf({ room_slug, subject }: NotificationView): string {
  if (room_slug === null) return '/inbox';
  const pull = subject?.startsWith('pull:') ? `?pull=${subject.slice('pull:'.length)}` : '';
  return roomPath(room_slug) + pull;
}

function Row({ notice, served, marked }: { notice: NotificationView; served: number; marked: boolean }) {
  const tone = notice.kind === 'conflict' ? ' bad' : notice.waiting ? ' wait' : '';
  const subjectOf = (kind: string): string | null =>
    notice.waiting && notice.subject?.startsWith(kind) ? notice.subject.slice(kind.length) : null;
  const question = subjectOf('question:');
  const approval = subjectOf('approval:');
  return (
    <li className={`item${notice.read_at ? '' : ' is-new'}${marked ? ' marked' : ''}`}>
      <span className={`glyph${tone}`}>
        <Icon name={ICONS[notice.kind] ?? 'bell'} />
      </span>
      <div className="says">
        <Link className="name" href={placeOf(notice)}>
          {notice.text}
        </Link>
        <div className="meta num">
          {notice.room_name !== null && <span>{notice.room_name}</span>}
          <span>
            <Age at={notice.created_at} served={served} /> ago
          </span>
          {!notice.read_at && <span className="chip accent">New</span>}
        </div>
      </div>
      <div className="does">
        {question !== null && notice.room_id !== null ? (
          <Answer roomId={notice.room_id} questionId={question} />
        ) : approval !== null && notice.room_id !== null ? (
          <Approve roomId={notice.room_id} approvalId={approval} />
        ) : (
          notice.waiting && (
            <Link className="btn" href={placeOf(notice)} aria-label={`Open: ${notice.text}`}>
              Open
            </Link>
          )
        )}
      </div>
    </li>
  );
}

/** J and K move in the list, Enter follows. */
function useMoves(places: readonly string[]): number {
  const [at, setAt] = useState(-1);
  const actions = useMemo(() => {
    const move = (by: number) => () => setAt((now) => Math.min(Math.max(now + by, 0), places.length - 1));
    const base = { group: 'Inbox', silent: true } as const;
    return [
      { ...base, id: 'inbox.next', label: 'Next in the inbox', keys: 'j', run: move(1) },
      { ...base, id: 'inbox.back', label: 'Back in the inbox', keys: 'k', run: move(-1) },
    ];
  }, [places.length]);
  useActions(actions);
  useEffect(() => {
    if (at < 0) return;
    const row = document.querySelectorAll<HTMLElement>('.inbox .item')[at];
    row?.querySelector<HTMLElement>('a.name')?.focus();
  }, [at]);
  return at;
}

function Lists() {
  useNews();
  const [served] = useState(() => Date.now());
  const client = useClient();
  const queries = useQueryClient();
  const waiting = useRead('notifications.list', WAITING, { refetchInterval: LOOK_EVERY_MS });
  const all = useRead('notifications.list', { limit: 50 });
  const rest = (all.data?.items ?? []).filter((notice) => !notice.waiting);
  const needed = waiting.data?.items ?? [];
  const shown = [...needed, ...rest];
  const marked = useMoves(shown.map(({ id }) => id));
  if (waiting.isError) return <LoadError error={waiting.error} again={() => void waiting.refetch()} />;
  if (!waiting.data || !all.data) return <SkeletonRows rows={4} />;
  if (shown.length === 0) {
    return (
      <Empty level={2} icon="inbox" title="Nothing needs you">
        <p>Questions from agents, reviews, approvals and conflicts come here, from all your rooms.</p>
      </Empty>
    );
  }
  const readAll = async (): Promise<void> => {
    try {
      await client.rest.command('notification.read', {});
      await queries.invalidateQueries({ queryKey: ['notifications.list'] });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <div className="inbox">
      <section className="section">
        <h2>
          Needs you <span className={`badge${needed.length > 0 ? ' todo' : ''}`}>{needed.length}</span>
        </h2>
        {needed.length === 0 && <p className="t2">Nothing at the moment.</p>}
        <ol className="list">
          {needed.map((notice, index) => (
            <Row key={notice.id} notice={notice} served={served} marked={index === marked} />
          ))}
        </ol>
      </section>
      {rest.length > 0 && (
        <section className="section">
          <div className="row">
            <h2>Also</h2>
            {rest.some(({ read_at }) => read_at === null) && (
              <Button className="end" size="sm" kind="ghost" icon="check" onClick={() => void readAll()}>
                Mark all as read
              </Button>
            )}
          </div>
          <ol className="list">
            {rest.map((notice, index) => (
              <Row
                key={notice.id}
                notice={notice}
                served={served}
                marked={needed.length + index === marked}
              />
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

/** What needs the reader, from all rooms. */
export function Inbox() {
  return (
    <Page
      title="Inbox"
      actions={
        <Link className="btn ghost" href="/settings#notifications">
          <Icon name="bell" />
          Notifications
        </Link>
      }
    >
      <Members waiting={<SkeletonRows rows={4} />}>
        <Lists />
      </Members>
    </Page>
  );
}
