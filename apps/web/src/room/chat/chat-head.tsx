'use client';

import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import { useClient } from '../../session/use-session';
import { nameOf } from '../../story/cast';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import { Clock } from '../../ui/moment';
import { useCast, useRoom } from '../room-context';
import { jumpTo } from './jump';

/** What the room is about, and search in what was said. */
export function ChatHead() {
  const room = useRoom((snapshot) => snapshot.room);
  const [searching, setSearching] = useState(false);
  useEffect(() => {
    const slash = (event: KeyboardEvent): void => {
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, select, [role="dialog"]');
      if (event.key !== '/' || event.ctrlKey || event.metaKey || typing) return;
      event.preventDefault();
      setSearching(true);
    };
    document.addEventListener('keydown', slash);
    return () => document.removeEventListener('keydown', slash);
  }, []);
  return (
    <div className="chead">
      {searching ? (
        <Search onClose={() => setSearching(false)} />
      ) : (
        <>
          <h2 className="sb">Chat</h2>
          <span className="t3 sm cut grow">{room.description}</span>
          <Button
            kind="ghost"
            size="sm"
            icon="search"
            className="icon"
            aria-label="Search messages"
            onClick={() => setSearching(true)}
          />
        </>
      )}
    </div>
  );
}

function Search({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const cast = useCast();
  const room = useRoom((snapshot) => snapshot.room.id);
  const [words, setWords] = useState('');
  const asked = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: ['messages.list', room, asked],
    queryFn: ({ signal }) =>
      client.rest.query('messages.list', { room_id: room, q: asked, limit: 20 }, { signal }),
    enabled: asked.length > 1,
    placeholderData: (before) => before,
  });
  const items = asked.length > 1 ? (found.data?.items ?? []) : [];
  return (
    <div className="chatsearch" onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <Icon name="search" size={14} />
      <input
        autoFocus
        type="search"
        aria-label="Search messages"
        placeholder="Search what was said"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <Button kind="ghost" size="sm" icon="x" className="icon" aria-label="Close search" onClick={onClose} />
      {asked.length > 1 && found.isFetched && (
        <div className="found" role="region" aria-label="Found messages">
          {items.length === 0 && <p className="t3 sm pad">Nobody said that here.</p>}
          {items.map((message) => (
            <button
              type="button"
              key={message.message_id}
              onClick={() => {
                jumpTo(message.message_id);
                onClose();
              }}
            >
              <span className="row sm">
                <b className="b">{nameOf(cast, message.author)}</b>
                <span className="t3 xs">
                  <Clock at={message.created_at} served={0} />
                </span>
              </span>
              <span className="clamp2 t2">{message.text}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
