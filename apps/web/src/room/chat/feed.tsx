'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useMe } from '../../session/use-session';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Icon } from '../../ui/icons';
import { Clock } from '../../ui/moment';
import { Parts } from '../../ui/words';
import { useCast, useRoom, useRoomState, useStory, useStore } from '../room-context';
import { Day } from './day';
import { onJump } from './jump';
import { Message, type MessageActs } from './message';
import { PendingLine } from './pending-line';
import { Question } from './question';
import { chatRows, type Row } from './rows';
import { useReadMark } from './use-read-mark';

/** Heights until a row has its true one; near to it, nothing moves while one scrolls. */
const MESSAGE_PX = 58;
const LINE_PX = 28;
/** Nearer to the top than this, earlier messages are asked for. */
const EARLY_PX = 400;

/** The rows of the chat; only those in sight are in the page. The newest is at the bottom and stays there. */
export const Feed = memo(function Feed(acts: MessageActs) {
  const rows = useRows();
  const store = useStore();
  const whole = useRoomState(({ model }) => model?.whole ?? true);
  const box = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    directDomUpdates: true,
    useFlushSync: false,
    anchorTo: 'end',
    followOnAppend: true,
    paddingEnd: 6,
    paddingStart: 12,
  });
  useBeginAtEnd(() => list.scrollToEnd());
  useJumps(rows, (index) => list.scrollToIndex(index, { align: 'center' }));

  const scrolled = (): void => {
    const element = box.current;
    if (!element) return;
    setAway(element.scrollHeight - element.scrollTop - element.clientHeight > 240);
    if (element.scrollTop < EARLY_PX && !whole) void store.readOlder().catch(() => undefined);
  };
  return (
    <div className="feedwrap">
      <div className="feed" ref={box} onScroll={scrolled} role="log" aria-label="Messages" tabIndex={0}>
        {rows.length === 0 ? (
          <Empty icon="chat" title="Nobody has said anything yet">
            <p>Say what you want built. What sounds like work becomes a task that an agent can claim.</p>
          </Empty>
        ) : (
          <div className="rows" ref={list.containerRef}>
            {list.getVirtualItems().map((item) => {
              const row = rows[item.index];
              return (
                row && (
                  <div
                    key={item.key}
                    data-index={item.index}
                    data-row={row.key}
                    className="vrow"
                    tabIndex={-1}
                    ref={list.measureElement}
                  >
                    <ChatRow row={row} {...acts} />
                  </div>
                )
              );
            })}
          </div>
        )}
      </div>
      {away && (
        <Button
          size="sm"
          className="newest"
          icon="down"
          onClick={() => list.scrollToEnd({ behavior: 'smooth' })}
        >
          To the newest
        </Button>
      )}
    </div>
  );
});

const heightOf = (row: Row | undefined): number =>
  row?.kind === 'event' || row?.kind === 'unread' || (row?.kind === 'message' && row.goesOn)
    ? LINE_PX
    : MESSAGE_PX;

function useRows(): readonly Row[] {
  const { log } = useStory();
  const cast = useCast();
  const me = useMe();
  const newest = useRoom((snapshot) => snapshot.messages);
  const questions = useRoom((snapshot) => snapshot.questions);
  const older = useRoomState(({ model }) => model?.older);
  const pending = useRoomState(({ model }) => model?.pending);
  const readUpTo = useReadMark();
  return useMemo(() => {
    const messages = older && older.length > 0 ? [...older, ...newest] : newest;
    return chatRows({ messages, questions, log, cast, pending: pending ?? [], readUpTo, me: me.id });
  }, [older, newest, questions, log, cast, pending, readUpTo, me.id]);
}

/** Once, and again after the rows have their true heights. */
function useBeginAtEnd(toEnd: () => void): void {
  const go = useRef(toEnd);
  useEffect(() => {
    const first = requestAnimationFrame(() => {
      go.current();
      requestAnimationFrame(() => go.current());
    });
    return () => cancelAnimationFrame(first);
  }, []);
}

/** Shows the row that somebody jumps to and marks it for a moment. */
function useJumps(rows: readonly Row[], show: (index: number) => void): void {
  const latest = useRef({ rows, show });
  useEffect(() => {
    latest.current = { rows, show };
  });
  useEffect(
    () =>
      onJump((id) => {
        const index = latest.current.rows.findIndex(({ key }) => key === id);
        if (index < 0) return;
        latest.current.show(index);
        setTimeout(() => {
          const element = document.querySelector(`[data-row="${CSS.escape(id)}"] > *`);
          element?.classList.add('jumped');
          setTimeout(() => element?.classList.remove('jumped'), 2_000);
        }, 120);
      }),
    [],
  );
}

const ChatRow = memo(function ChatRow({ row, ...acts }: { row: Row } & MessageActs) {
  switch (row.kind) {
    case 'day':
      return <Day at={row.at} />;
    case 'unread':
      return <div className="unread">New</div>;
    case 'message':
      return <Message message={row.message} goesOn={row.goesOn} {...acts} />;
    case 'question':
      return <Question asked={row.asked} at={row.at} />;
    case 'pending':
      return <PendingLine line={row.line} />;
    case 'event':
      return (
        <div className="ev">
          <Icon name={row.sentence.icon} tone={row.sentence.tone} />
          <span className="cut">
            <Parts parts={row.sentence.parts} />
          </span>
          <Clock at={row.at} served={0} />
        </div>
      );
  }
});
