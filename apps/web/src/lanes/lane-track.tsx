import type { Cast } from '../story/cast';
import { clipLane, type Lane, type Period, percent, type Segment } from '../story/lanes';
import { pct, placed } from '../ui/placed';
import { segmentLabel, segmentTitle } from './segment-label';

const SHAPES = { work: '', think: 'think', test: 'test', wait: 'wait', fail: 'fail' } as const;
const MARKS = { commit: '', merge: 'merge', conflict: 'conf' } as const;
/** A segment narrower than this, in percent, has no room for a word. */
const LABEL_FROM = 5.5;
/** What begins this moment still shows at the edge. */
const LAST = 99.7;

/** What one agent did, on its track. */
export function LaneTrack({
  lane,
  period,
  cast,
  hue,
}: {
  lane: Lane;
  period: Period;
  cast: Cast;
  hue: number;
}) {
  const { segments, marks } = clipLane(lane, period);
  return (
    <div className={`lane hue-a${hue}`} aria-hidden="true">
      {segments.map((segment) => (
        <SegmentBar key={`${segment.kind} ${segment.from}`} segment={segment} period={period} cast={cast} />
      ))}
      {marks.map((mark) => (
        <span
          key={`${mark.kind} ${mark.key}`}
          className={`mk ${MARKS[mark.kind]}`}
          title={mark.text}
          ref={placed({ '--x': pct(percent(mark.at, period)) })}
        />
      ))}
    </div>
  );
}

function SegmentBar({ segment, period, cast }: { segment: Segment; period: Period; cast: Cast }) {
  const left = percent(segment.from, period);
  const width = percent(segment.to, period) - left;
  const roomy = width >= LABEL_FROM;
  return (
    <span
      className={`sg ${SHAPES[segment.kind]}${segment.open ? ' now' : ''}${roomy ? '' : ' slim'}`}
      title={segmentTitle(segment, cast)}
      ref={placed({ '--x': pct(Math.min(left, LAST)), '--w': pct(width) })}
    >
      {roomy && segmentLabel(segment, cast)}
    </span>
  );
}
