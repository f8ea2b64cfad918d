'use client';

import { useMemo } from 'react';
import { lanesOf } from '../story/lanes';
import { LaneTrack } from '../lanes/lane-track';
import type { Cast } from '../story/cast';
import type { LogSlice } from '../story/log';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icons';
import { pct, placed } from '../ui/placed';
import { CHAPTER_ICONS, type Chapter } from './chapters';
import type { Replayed } from './replayed';
import { barsOf, momentAt, positionOf, type Timeline } from './timeline';

const BARS = 120;
/** Chapters nearer to each other than this, in percent, would lie over each other. */
const APART = 10;

const share = (timeline: Timeline, position: number): number =>
  timeline.length === 0 ? 0 : (position / timeline.length) * 100;

/** Chapters with room for their words; the others keep their tick. */
function spaced(chapters: readonly (Chapter & { readonly x: number })[]): ReadonlySet<number> {
  const kept = new Set<number>();
  let last = Number.NEGATIVE_INFINITY;
  for (const { seq, x } of chapters) {
    if (x - last < APART || x > 100 - APART / 2) continue;
    kept.add(seq);
    last = x;
  }
  return kept;
}

/** The whole log on one line: its pulse, its chapters, everybody's lanes, and where the replay stands. */
export function Scrubber({
  replayed,
  cast,
  position,
  onSeek,
}: {
  replayed: Replayed;
  cast: Cast;
  position: number;
  onSeek: (position: number) => void;
}) {
  const { timeline, chapters } = replayed;
  const bars = useMemo(() => barsOf(timeline, BARS), [timeline]);
  const top = Math.sqrt(Math.max(4, ...bars));
  const placedChapters = useMemo(
    () => chapters.map((chapter) => ({ ...chapter, x: share(timeline, positionOf(timeline, chapter.seq)) })),
    [chapters, timeline],
  );
  const worded = useMemo(() => spaced(placedChapters), [placedChapters]);
  const merges = new Set(
    placedChapters
      .filter(({ kind }) => kind === 'merge')
      .map(({ x }) => Math.min(BARS - 1, Math.floor((x / 100) * BARS))),
  );
  const clashes = new Set(
    placedChapters
      .filter(({ kind }) => kind === 'conflict')
      .map(({ x }) => Math.min(BARS - 1, Math.floor((x / 100) * BARS))),
  );
  const x = share(timeline, position);
  const moment = new Date(momentAt(timeline, position));
  return (
    <div className="scrubber">
      <div className="chapters">
        {placedChapters.map((chapter) =>
          worded.has(chapter.seq) ? (
            <button
              type="button"
              key={chapter.seq}
              className={`chapter ${chapter.kind}`}
              ref={placed({ '--x': pct(chapter.x) })}
              onClick={() => onSeek(positionOf(timeline, chapter.seq))}
              title={chapter.word}
              aria-label={`Chapter: ${chapter.word}`}
            >
              <Icon name={CHAPTER_ICONS[chapter.kind]} size={12} />
              <span className="cut">{chapter.word}</span>
            </button>
          ) : (
            // Too near to another for a button of its own; the buttons below and the brackets lead to it.
            <span
              key={chapter.seq}
              className="tick-mark"
              ref={placed({ '--x': pct(chapter.x) })}
              title={chapter.word}
            />
          ),
        )}
      </div>
      <div className="track">
        <svg className="bars" viewBox={`0 0 ${BARS * 10} 40`} preserveAspectRatio="none" aria-hidden="true">
          {bars.map((value, index) => {
            const height = Math.max(2, (Math.sqrt(value) / top) * 40);
            const tone = clashes.has(index) ? 'bad' : merges.has(index) ? 'good' : '';
            const ahead = (index / BARS) * 100 > x ? ' ahead' : '';
            return (
              // Bars never change places.
              <rect
                key={`${index}`}
                className={tone + ahead}
                x={index * 10}
                y={40 - height}
                width="8"
                height={height}
              />
            );
          })}
        </svg>
        <input
          type="range"
          min={0}
          max={Math.max(1, Math.round(timeline.length))}
          step={1}
          value={Math.round(position)}
          onChange={(event) => onSeek(Number(event.currentTarget.value))}
          aria-label="Position in the replay"
          aria-valuetext={`${moment.toLocaleTimeString('en-GB')}, event ${replayed.count} of ${replayed.total}`}
        />
        <span className="needle" ref={placed({ '--x': pct(x) })} aria-hidden="true">
          <span className="flag num">{moment.toLocaleTimeString('en-GB')}</span>
        </span>
      </div>
      <ReplayLanes replayed={replayed} cast={cast} position={position} share={x} />
    </div>
  );
}

/** Everybody's work up to the moment, in the replay's own time: what happened stands under its bar. */
function ReplayLanes({
  replayed,
  cast,
  position,
  share: x,
}: {
  replayed: Replayed;
  cast: Cast;
  position: number;
  share: number;
}) {
  const { story, timeline } = replayed;
  const lanes = useMemo(() => lanesOf(story.snapshot, inReplayTime(story.log, timeline)), [story, timeline]);
  if (lanes.length === 0) return null;
  return (
    <div className="replay-lanes lanes" ref={placed({ '--x': pct(x) })}>
      {lanes.slice(0, MOST_LANES).map((lane) => {
        const look = cast.agents.get(lane.agent.agent.id);
        return (
          <div className="rl" key={lane.agent.agent.id}>
            <span className="row">
              {look && <Avatar look={look} size={22} away={!lane.agent.connected} />}
              <span className="cut">{lane.agent.agent.name}</span>
            </span>
            <LaneTrack
              lane={lane}
              period={{ from: EPOCH, to: EPOCH + Math.max(position, 1_000) }}
              cast={cast}
              hue={look?.hue ?? 1}
            />
          </div>
        );
      })}
    </div>
  );
}

const MOST_LANES = 4;
/** Where the replay's time begins, as a date: lanes are drawn from dates. */
const EPOCH = Date.UTC(2000, 0, 1);

const inReplayTime = (log: LogSlice, { positions }: Timeline): LogSlice => ({
  ...log,
  events: log.events.map((event, index) => ({
    ...event,
    at: new Date(EPOCH + (positions[index] ?? 0)).toISOString(),
  })),
});
