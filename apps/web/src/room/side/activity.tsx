'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { SmallLanes } from '../../lanes/lanes';
import { activityFeed, type FeedItem } from '../../story/feed';
import { lookOf, nameOf } from '../../story/cast';
import { stateOf } from '../../story/words';
import { count } from '../../time/format';
import { Avatar } from '../../ui/avatar';
import { Empty } from '../../ui/empty';
import { Icon } from '../../ui/icons';
import { Clock } from '../../ui/moment';
import { Parts } from '../../ui/words';
import { useCast, useRoom, useStory } from '../room-context';

const ROW_PX = 34;

/** Everybody's lanes, and every event that can be told, the newest first. */
export function Activity() {
  const story = useStory();
  const cast = useCast();
  const room = useRoom((snapshot) => snapshot.room);
  const items = useMemo(() => activityFeed(story.log, cast).toReversed(), [story.log, cast]);
  const box = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => `${items[index]?.kind} ${items[index]?.seq}`,
    overscan: 12,
    directDomUpdates: true,
    useFlushSync: false,
  });
  const ended = stateOf(room).finished ? Date.parse(room.completed_at ?? room.created_at) : null;
  return (
    <div className="activity" ref={box} role="region" aria-label="Activity" tabIndex={0}>
      {story.snapshot.agents.length > 0 && (
        <div className="side-lanes">
          <SmallLanes story={story} cast={cast} served={0} ended={ended} />
        </div>
      )}
      {items.length === 0 ? (
        <Empty icon="activity" title="Nothing has happened yet">
          <p>Tasks, commits, reviews and merges show here as they come.</p>
        </Empty>
      ) : (
        <div className="rows" ref={list.containerRef}>
          {list.getVirtualItems().map((row) => {
            const item = items[row.index];
            return (
              item && (
                <div key={row.key} data-index={row.index} className="vrow" ref={list.measureElement}>
                  <Line item={item} />
                </div>
              )
            );
          })}
        </div>
      )}
    </div>
  );
}

function Line({ item }: { item: FeedItem }) {
  const cast = useCast();
  if (item.kind === 'message') return null;
  if (item.kind === 'event')
    return (
      <div className="ev">
        <Icon name={item.sentence.icon} tone={item.sentence.tone} />
        <span className="grow">
          <Parts parts={item.sentence.parts} />
        </span>
        <Clock at={item.at} served={0} />
      </div>
    );
  const look = lookOf(cast, item.xp.subject);
  return (
    <div className="ev">
      {look && <Avatar look={look} size={16} />}
      <span className="grow">
        <b>{nameOf(cast, item.xp.subject)}</b> earned <span className="num">{count(item.xp.amount)} XP</span>
      </span>
      <span className="xs t3 num">level {item.xp.level}</span>
    </div>
  );
}
