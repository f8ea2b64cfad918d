'use client';

import { useEffect, useRef, useState } from 'react';
import { useOwnStream } from '../../session/use-own-stream';
import { useClient } from '../../session/use-session';
import { useRoom } from '../room-context';

const QUIET_MS = 1_500;

/**
 * Up to where the reader had read, on whichever device, when the page was opened or came back into sight. Kept on this
 * device too, so that the line stands before the server has answered.
 */
export function useReadMark(): number | null {
  const client = useClient();
  const room = useRoom((snapshot) => snapshot.room.id);
  const newest = useRoom((snapshot) => snapshot.messages.at(-1)?.seq ?? 0);
  const key = `clawtank.read.${room}`;
  const [mark, setMark] = useState<number | null>(() => storedMark(key));
  const latest = useRef(newest);

  useEffect(() => {
    let away = false;
    const ask = client.rest.query('chat.read_mark', { room_id: room });
    ask
      .then(({ seq }) => {
        if (away || seq === 0) return;
        advance(key, seq);
        setMark((before) => Math.max(before ?? 0, seq));
      })
      // Without an answer the line stands where this device has last seen it.
      .catch(() => undefined);
    return () => {
      away = true;
    };
  }, [client, key, room]);

  useOwnStream((event) => {
    if (event.type === 'chat.read' && 'seq' in event.data && event.data.room_id === room)
      advance(key, event.data.seq);
  });

  useEffect(() => {
    latest.current = newest;
    if (document.hidden) return;
    const timer = setTimeout(() => {
      advance(key, newest);
      // A failure costs nothing: the next message brings the next mark.
      client.command('chat.read', { room_id: room, seq: newest }, { retry: false }).catch(() => undefined);
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [client, key, newest, room]);

  useEffect(() => {
    const seen = (): void => {
      if (!document.hidden) setMark(storedMark(key) ?? latest.current);
    };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [key]);
  return mark;
}

function storedMark(key: string): number | null {
  const stored = localStorage.getItem(key);
  return stored === null ? null : Number(stored);
}

const advance = (key: string, seq: number): void =>
  localStorage.setItem(key, String(Math.max(storedMark(key) ?? 0, seq)));
