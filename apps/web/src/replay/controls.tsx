'use client';

import { count as counted, span } from '../time/format';
import { Choice } from '../ui/field';
import { Icon } from '../ui/icons';
import type { Replayed } from './replayed';
import { positionOf } from './timeline';
import { type Player, SPEEDS } from './use-player';

/** Play, pause, chapters, speeds. */
export function Controls({
  replayed,
  player,
  skipQuiet,
  onSkipQuiet,
}: {
  replayed: Replayed;
  player: Player;
  skipQuiet: boolean;
  onSkipQuiet: () => void;
}) {
  const { timeline, chapters, count, total } = replayed;
  const spots = chapters.map(({ seq }) => positionOf(timeline, seq));
  const seq = timeline.beats[count - 1]?.seq ?? 0;
  return (
    <div className="controls" data-replay-seq={seq}>
      <button
        type="button"
        className="btn icon lg"
        aria-label="Chapter before"
        onClick={() => player.seek(spots.findLast((spot) => spot < player.position - 1) ?? 0)}
      >
        <Icon name="skipb" />
      </button>
      <button
        type="button"
        className="btn icon lg primary"
        aria-label={player.playing ? 'Pause' : 'Play'}
        onClick={player.toggle}
      >
        <Icon name={player.playing ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        className="btn icon lg"
        aria-label="Next chapter"
        onClick={() => player.seek(spots.find((spot) => spot > player.position + 1) ?? timeline.length)}
      >
        <Icon name="skipf" />
      </button>
      <span className="num t2 length">
        <b className="t1">{span(player.position)}</b> of {span(timeline.length)}
      </span>
      <fieldset className="speeds">
        <legend className="vh">Speed</legend>
        {SPEEDS.map((speed) => (
          <label key={speed} className="num">
            <input
              className="vh"
              type="radio"
              name="speed"
              checked={player.speed === speed}
              onChange={() => player.setSpeed(speed)}
            />
            {speed}×
          </label>
        ))}
      </fieldset>
      <Choice checked={skipQuiet} onChange={onSkipQuiet}>
        Skip quiet stretches
      </Choice>
      <span className="end t3 num">
        Event {counted(count)} of {counted(total)}
      </span>
      <span className="t3 keys hide-s">
        <kbd>Space</kbd> play <kbd>[</kbd>
        <kbd>]</kbd> chapter <kbd>←</kbd>
        <kbd>→</kbd> event
      </span>
    </div>
  );
}
