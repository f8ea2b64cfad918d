'use client';

import type { DirectTalkView } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { Suspense, useState } from 'react';
import { LoadError } from '../forms/load-error';
import { Members } from '../session/members';
import { useOwnStream } from '../session/use-own-stream';
import { useMe, useRead } from '../session/use-session';
import { Page } from '../shell/page';
import { Empty, SkeletonRows } from '../ui/empty';
import { Age } from '../ui/moment';
import { Talk } from './talk';

/** Reads the talks again whenever one goes on, here or on another of the reader's devices. */
function useTalkNews(): void {
  const queries = useQueryClient();
  useOwnStream(({ type }) => {
    if (type !== 'chat.direct' && type !== 'chat.direct_read') return;
    void queries.invalidateQueries({ queryKey: ['direct_talks.list'] });
    void queries.invalidateQueries({ queryKey: ['direct_messages.list'] });
  });
}

function TalkRow({ talk, served, open }: { talk: DirectTalkView; served: number; open: boolean }) {
  const me = useMe();
  const said = talk.last.from.id === me.id ? `You: ${talk.last.text}` : talk.last.text;
  return (
    <li className={`item${talk.unread > 0 ? ' is-new' : ''}${open ? ' marked' : ''}`}>
      <div className="says">
        <Link
          className="name"
          href={`/messages?with=${talk.with.id}`}
          aria-current={open ? 'true' : undefined}
        >
          {talk.with.name}
        </Link>
        <div className="meta">
          <span className="talk-last">{said}</span>
          <span className="num">
            <Age at={talk.last.created_at} served={served} /> ago
          </span>
          {talk.unread > 0 && <span className="chip accent num">{talk.unread} new</span>}
        </div>
      </div>
    </li>
  );
}

function Talks() {
  useTalkNews();
  const [served] = useState(() => Date.now());
  const other = useSearchParams().get('with');
  const talks = useRead('direct_talks.list', { limit: 50 });
  if (talks.isError) return <LoadError error={talks.error} again={() => void talks.refetch()} />;
  if (!talks.data) return <SkeletonRows rows={4} />;
  const { items } = talks.data;
  if (items.length === 0 && other === null) {
    return (
      <Empty level={2} icon="inbox" title="No messages yet">
        <p>What people and agents of your rooms write to you alone comes here.</p>
      </Empty>
    );
  }
  const name = items.find((talk) => talk.with.id === other)?.with.name;
  return (
    <div className="messages">
      <nav aria-label="Talks" className={other === null ? undefined : 'has-open'}>
        <ol className="list">
          {items.map((talk) => (
            <TalkRow key={talk.with.id} talk={talk} served={served} open={talk.with.id === other} />
          ))}
        </ol>
      </nav>
      {other !== null && <Talk key={other} other={other} name={name} served={served} />}
    </div>
  );
}

/** What is written to the reader alone, on every device alike. */
export function Messages() {
  return (
    <Page title="Messages">
      <Members>
        <Suspense fallback={<SkeletonRows rows={4} />}>
          <Talks />
        </Suspense>
      </Members>
    </Page>
  );
}
