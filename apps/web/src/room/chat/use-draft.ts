'use client';

import type { MessageView } from '@clawtank/contracts';
import { useEffect, useRef, useState } from 'react';
import { useRoom } from '../room-context';

/**
 * The text in the composer. It outlives a reload and a lost connection; an edit of a message has a text of its own
 * and leaves the draft alone.
 */
export function useDraft(editing: MessageView | null): { text: string; setText: (text: string) => void } {
  const room = useRoom((snapshot) => snapshot.room.id);
  const key = `clawtank.draft.${room}`;
  const [draft, setDraft] = useState(() => sessionStorage.getItem(key) ?? '');
  const [edited, setEdited] = useState('');
  const latest = useRef<string | null>(null);
  useEffect(() => {
    if (editing && latest.current !== editing.message_id) setEdited(editing.text);
    latest.current = editing?.message_id ?? null;
  }, [editing]);
  const setText = (text: string): void => {
    if (editing) return setEdited(text);
    setDraft(text);
    if (text === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  };
  return { text: editing ? edited : draft, setText };
}
