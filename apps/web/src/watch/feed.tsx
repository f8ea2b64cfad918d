'use client';

import { useLayoutEffect, useRef, useState } from 'react';
import type { Cast } from '../story/cast';
import type { FeedItem } from '../story/feed';
import { Icon } from '../ui/icons';
import { FeedLine } from './feed-line';

/** Nearer to the newest line than this, in pixels, new lines may push. */
const NEAR = 24;

/**
 * Lines, the newest at the bottom. Who reads further up keeps the place: the box grows upwards (column-reverse), so
 * its scroll position counts from the newest line and is moved by what a new line takes.
 */
export function Feed(props: {
  readonly items: readonly FeedItem[];
  readonly cast: Cast;
  readonly served: number;
  readonly label: string;
}) {
  const { items, cast, served, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const [away, setAway] = useState(false);
  const newest = items.at(-1)?.seq;

  // Runs with each new line: that is what changes the height.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const grown = element.scrollHeight - height.current;
    height.current = element.scrollHeight;
    if (element.scrollTop < -NEAR && grown > 0) element.scrollTop -= grown;
  }, [newest]);

  const scrolled = (): void => setAway((box.current?.scrollTop ?? 0) < -NEAR * 4);
  const toNewest = (): void => {
    if (box.current) box.current.scrollTop = 0;
  };
  return (
    <div className="feed">
      <div className="wf" ref={box} onScroll={scrolled} role="log" aria-label={label} tabIndex={0}>
        <div className="lines">
          {items.length === 0 && <p className="t3 nothing">Nothing yet. What happens next shows here.</p>}
          {items.map((item) => (
            <FeedLine key={`${item.kind} ${item.seq}`} item={item} cast={cast} served={served} />
          ))}
        </div>
      </div>
      {away && (
        <button type="button" className="btn sm newest" onClick={toNewest}>
          <Icon name="clock" size={14} />
          To the newest
        </button>
      )}
    </div>
  );
}
