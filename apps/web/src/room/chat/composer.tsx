'use client';

import { hasCode } from '@clawtank/agent-sdk';
import type { MessageView } from '@clawtank/contracts';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useClient, useMe } from '../../session/use-session';
import { nameOf } from '../../story/cast';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import { toast, toastError } from '../../ui/toasts';
import { useCast, useCommand, useRoom, useStanding, useStore } from '../room-context';
import { OfferList } from './offer-list';
import { readSlash, type Wish } from './slash';
import { type Offer, offersFor, typingAt } from './typeahead';
import { useDraft } from './use-draft';

const TYPING_MS = 3_000;
const LONGEST = 8_000;

export interface ComposerProps {
  readonly replying: MessageView | null;
  readonly editing: MessageView | null;
  readonly onDone: () => void;
  /** Opens the reader's last message for editing. */
  readonly onEditLast: () => void;
}

/** Where the reader writes: mentions, tasks and slash commands are offered as they are typed. */
export function Composer(props: ComposerProps) {
  const { replying, editing, onDone } = props;
  const name = useRoom((snapshot) => snapshot.room.name);
  const standing = useStanding();
  const box = useRef<HTMLTextAreaElement>(null);
  const { text, setText } = useDraft(editing);
  const { send, perform } = useSending(props);
  const list = useOffers(text, setText, box);
  const announce = useTyping();

  useEffect(() => {
    if (replying || editing) box.current?.focus();
  }, [replying, editing]);
  useGrowing(box, text);

  const submit = async (): Promise<void> => {
    const line = text.trim();
    if (line === '' && !editing) return;
    if (await perform(line)) {
      setText('');
      onDone();
    }
  };
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || list.pressed(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'Escape' && (replying || editing)) {
      if (editing) setText('');
      onDone();
    } else if (event.key === 'ArrowUp' && text === '' && !editing) {
      event.preventDefault();
      props.onEditLast();
    }
  };
  if (standing === 'spectator')
    return <p className="comp readonly t3">You may watch this room, not write in it.</p>;
  return (
    <div className="compwrap">
      <OfferList list={list} />
      <div className="comp">
        <About {...props} onCancel={() => (editing && setText(''), onDone())} />
        <textarea
          id="composer"
          ref={box}
          className="in"
          rows={1}
          maxLength={LONGEST}
          placeholder={`Message ${name}`}
          aria-label={`Message ${name}`}
          value={text}
          {...list.aria}
          onChange={(event) => {
            setText(event.target.value);
            announce();
          }}
          onSelect={list.moved}
          onKeyDown={pressed}
        />
        <div className="tools">
          <Button
            kind="ghost"
            size="sm"
            icon="at"
            className="icon"
            aria-label="Mention somebody"
            onClick={() => list.begin('@')}
          />
          <Button
            kind="ghost"
            size="sm"
            icon="slash"
            className="icon"
            aria-label="Commands"
            onClick={() => list.begin('/')}
          />
          <span className="grow" />
          <span className="xs t3 hide-s">
            <kbd>/</kbd> commands
          </span>
          <Button
            kind="primary"
            icon="send"
            className="icon"
            aria-label={editing ? 'Save' : 'Send'}
            busy={send}
            disabled={text.trim() === ''}
            onClick={() => void submit()}
          />
        </div>
      </div>
    </div>
  );
}

function About({ replying, editing, onCancel }: ComposerProps & { onCancel: () => void }) {
  const cast = useCast();
  if (!replying && !editing) return null;
  return (
    <div className="about">
      <Icon name={editing ? 'pen' : 'reply'} size={14} />
      <span className="cut grow">
        {editing ? 'Editing your message' : `Replying to ${replying ? nameOf(cast, replying.author) : ''}`}
      </span>
      <Button kind="ghost" size="sm" icon="x" className="icon" aria-label="Cancel" onClick={onCancel} />
    </div>
  );
}

/** The box is as high as its text, up to a third of the page. */
function useGrowing(box: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, innerHeight / 3)}px`;
  }, [box, text]);
}

/** Tells the others that somebody types, now and then. */
function useTyping(): () => void {
  const client = useClient();
  const room = useRoom((snapshot) => snapshot.room.id);
  const last = useRef(0);
  return () => {
    if (Date.now() - last.current < TYPING_MS) return;
    last.current = Date.now();
    // It loses its sense a second later: one try, and no word about a failure.
    client
      .command('chat.typing', { room_id: room }, { retry: false, timeoutMs: 2_000 })
      .catch(() => undefined);
  };
}

function useSending({ replying, editing }: ComposerProps) {
  const store = useStore();
  const me = useMe();
  const { run, busy } = useCommand();
  const room_id = useRoom((snapshot) => snapshot.room.id);

  const say = (line: string): boolean => {
    store.say(line, replying?.message_id ?? null).catch((error: unknown) => {
      if (!hasCode(error, 'UNAVAILABLE')) toastError(error, 'Not sent');
    });
    return true;
  };
  const wish = async (asked: Wish, line: string): Promise<boolean> => {
    switch (asked.do) {
      case 'say':
        return say(line);
      case 'nothing':
        toast({ title: asked.why, tone: 'warning' });
        return false;
      case 'assign':
        return (await run('task.assign', { task_id: asked.taskId, assignee_id: asked.assigneeId })) !== null;
      case 'approve':
        return (await run('git.review', { room_id, number: asked.number, verdict: 'approve' })) !== null;
      case 'merge':
        return (await run('git.merge', { room_id, number: asked.number }, 'Not merged')) !== null;
      case 'hold':
        return (await run('room.hold', { room_id, hold: asked.hold })) !== null;
      case 'pause':
        return (await run('agent.pause', { room_id, agent_id: asked.agentId })) !== null;
      case 'resume':
        return (await run('agent.resume', { room_id, agent_id: asked.agentId })) !== null;
      case 'decide':
        return (await run('decision.add', { room_id, text: asked.text })) !== null;
    }
  };
  const perform = async (line: string): Promise<boolean> => {
    const snapshot = store.get().model?.story.snapshot;
    if (!editing) return snapshot ? wish(readSlash(line, snapshot), line) : false;
    if (line === '' || editing.author.id !== me.id) return true;
    const input = { room_id, message_id: editing.message_id, text: line };
    return (await run('chat.edit', input, 'Not saved')) !== null;
  };
  return { perform, send: busy };
}

/** The list above the box: what fits the word at the caret, arrow keys to choose, Enter or Tab to take. */
function useOffers(
  text: string,
  setText: (text: string) => void,
  box: React.RefObject<HTMLTextAreaElement | null>,
) {
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState('');
  const typing = typingAt(text, caret);
  // The room concerns the list only while something is offered: a busy one draws nothing here else.
  const facts = useRoom((whole) => (typing ? whole : null));
  const word = typing ? `${typing.kind} ${typing.from} ${typing.word}` : '';
  const offers = typing && facts && closed !== word ? offersFor(typing, facts) : [];
  const index = Math.min(chosen, Math.max(0, offers.length - 1));

  const put = (next: string, at: number): void => {
    setText(next);
    setCaret(at);
    setChosen(0);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(at, at);
    });
  };
  const choose = (offer: Offer): void => {
    if (!typing) return;
    put(text.slice(0, typing.from) + offer.insert + text.slice(caret), typing.from + offer.insert.length);
  };
  const begin = (sign: string): void => {
    const gap = sign === '/' || text === '' || text.endsWith(' ') ? '' : ' ';
    const next = sign === '/' ? `/${text.replace(/^\//, '')}` : `${text}${gap}${sign}`;
    put(next, sign === '/' ? 1 : next.length);
  };
  const pressed = (event: KeyboardEvent): boolean => {
    const offer = offers[index];
    if (!offer) return false;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setChosen((index + step + offers.length) % offers.length);
    else if (event.key === 'Escape') setClosed(word);
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') choose(offer);
    else return false;
    event.preventDefault();
    return true;
  };
  const moved = (): void => setCaret(box.current?.selectionStart ?? 0);
  const aria = {
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': 'offers',
    ...(offers.length > 0 ? { 'aria-activedescendant': `offer-${index}` } : {}),
  } as const;
  return { offers, chosen: index, choose, begin, pressed, moved, aria };
}
