'use client';

import type { DirectMessageView } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { LoadError } from '../forms/load-error';
import { useClient, useMe, useRead } from '../session/use-session';
import { Button } from '../ui/button';
import { SkeletonRows } from '../ui/empty';
import { TextField } from '../ui/field';
import { Age } from '../ui/moment';
import { toastError } from '../ui/toasts';

/** What is shown of the other's is read, on all devices. */
function useReadUpTo(other: string, messages: readonly DirectMessageView[]): void {
  const client = useClient();
  const newest = messages.find(({ from }) => from.id === other)?.message_id;
  useEffect(() => {
    if (newest === undefined) return;
    const mark = (): void => {
      if (document.hidden) return;
      // A failure costs nothing: the talk stays new until it is looked at again.
      client.rest.command('chat.direct_read', { with: other, up_to: newest }).catch(() => undefined);
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [client, newest, other]);
}

function Lines({ messages, served }: { messages: readonly DirectMessageView[]; served: number }) {
  const me = useMe();
  const end = useRef<HTMLLIElement>(null);
  const newest = messages[0]?.message_id;
  useEffect(() => {
    if (newest !== undefined) end.current?.scrollIntoView({ block: 'nearest' });
  }, [newest]);
  return (
    <ol className="talk-lines">
      {[...messages].reverse().map((message) => (
        <li key={message.message_id} className={message.from.id === me.id ? 'is-own' : undefined}>
          <div className="meta num">
            <span>{message.from.id === me.id ? 'You' : message.from.name}</span>
            <span>
              <Age at={message.created_at} served={served} /> ago
            </span>
          </div>
          <p>{message.text}</p>
        </li>
      ))}
      <li ref={end} aria-hidden="true" />
    </ol>
  );
}

/** One talk: what the two have written last, and a line to write. */
export function Talk({ other, name, served }: { other: string; name: string | undefined; served: number }) {
  const client = useClient();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const messages = useRead('direct_messages.list', { with: other, limit: 50 });
  const items = messages.data?.items ?? [];
  useReadUpTo(other, items);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (text.trim() === '') return;
    setBusy(true);
    try {
      await client.rest.command('chat.direct', { to: other, text });
      setText('');
      await queries.invalidateQueries({ queryKey: ['direct_messages.list'] });
    } catch (error) {
      toastError(error, 'The message was not sent');
    } finally {
      setBusy(false);
    }
  };
  if (messages.isError) return <LoadError error={messages.error} again={() => void messages.refetch()} />;
  return (
    <section className="talk" aria-label={name === undefined ? 'Talk' : `Talk with ${name}`}>
      <div className="row">
        <Link className="btn ghost sm talk-back" href="/messages">
          All talks
        </Link>
        <h2>{name ?? 'New talk'}</h2>
      </div>
      {messages.data ? <Lines messages={items} served={served} /> : <SkeletonRows rows={3} />}
      <form className="form" onSubmit={(event) => void send(event)}>
        <TextField
          label="Message"
          name="text"
          value={text}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <div className="row">
          <Button kind="primary" type="submit" busy={busy} className="end">
            Send
          </Button>
        </div>
      </form>
    </section>
  );
}
