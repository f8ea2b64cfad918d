'use client';

import type { SpectatorSnapshot } from '@clawtank/contracts';
import Link from 'next/link';
import { useEffect, useMemo, useRef, useState } from 'react';
import { castOf } from '../story/cast';
import { chatFeed } from '../story/feed';
import { count as counted } from '../time/format';
import { Board } from '../watch/board';
import { Crew } from '../watch/crew';
import { Feed } from '../watch/feed';
import { copyText } from '../ui/copy-command';
import { Icon } from '../ui/icons';
import { TopBar } from '../ui/top-bar';
import { CodeThen } from './code-then';
import { Controls } from './controls';
import { When } from './when';
import type { Reel } from './reel';
import { countOf, measure, type Replayed, storyAt } from './replayed';
import { Scrubber } from './scrubber';
import { momentAt, positionOf, type Timeline } from './timeline';
import { type Player, usePlayer } from './use-player';
import { type ReadFrames, useReel } from './use-reel';

/** `?at=` names a number of the log. */
function wanted(timeline: Timeline, chosen: string | null): number {
  const seq = Number(chosen);
  return chosen !== null && Number.isSafeInteger(seq) && seq > 0
    ? positionOf(timeline, seq)
    : timeline.length;
}

/** Space plays, brackets jump between chapters, arrows between events. */
function useKeys(replayed: Replayed, player: Player): void {
  const { timeline, chapters, count } = replayed;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.target instanceof Element && event.target.closest('button, a, input, select, textarea'))
        return;
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      const spots = chapters.map(({ seq }) => positionOf(timeline, seq));
      const step = (by: number): number => timeline.positions[Math.max(0, count - 1 + by)] ?? timeline.length;
      const moves: Readonly<Record<string, () => void>> = {
        ' ': player.toggle,
        ArrowRight: () => player.seek(step(1)),
        ArrowLeft: () => player.seek(step(-1)),
        ']': () => player.seek(spots.find((spot) => spot > player.position + 1) ?? timeline.length),
        '[': () => player.seek(spots.findLast((spot) => spot < player.position - 1) ?? 0),
      };
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      move();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  });
}

type View = 'chat' | 'board' | 'crew';
const VIEWS: readonly (readonly [View, string])[] = [
  ['chat', 'Chat'],
  ['board', 'Board'],
  ['crew', 'Crew'],
];

function Stage({ replayed, position, view }: { replayed: Replayed; position: number; view: View }) {
  const { story, timeline } = replayed;
  const moment = new Date(momentAt(timeline, position));
  const cast = useMemo(() => castOf(story.snapshot), [story.snapshot]);
  const items = useMemo(() => chatFeed(story.snapshot, story.log, cast), [story, cast]);
  const served = Date.parse(story.snapshot.room.last_event_at ?? story.snapshot.room.created_at);
  return (
    <div className="replay-stage" data-view={view}>
      <section className="rcol crew-col" aria-label="Who was there">
        <p className="at-moment t3 sm num">At {moment.toLocaleTimeString('en-GB')}</p>
        <Crew snapshot={story.snapshot} cast={cast} served={served} then>
          <CodeThen events={story.log.events} pulls={story.snapshot.pull_requests} />
        </Crew>
      </section>
      <section className="rcol chat-col" aria-label="What was said and done">
        <Feed items={items} cast={cast} served={served} label="Chat then" />
      </section>
      <section className="rcol board-col" aria-label="Board then" tabIndex={0}>
        <Board snapshot={story.snapshot} cast={cast} ended />
      </section>
    </div>
  );
}

function Playing({ reel }: { reel: Reel }) {
  const [skipQuiet, setSkipQuiet] = useState(true);
  const [view, setView] = useState<View>('chat');
  const measured = useMemo(() => measure(reel, skipQuiet), [reel, skipQuiet]);
  const { timeline } = measured;
  const [first] = useState(() => wanted(timeline, new URLSearchParams(location.search).get('at')));
  const player = usePlayer(timeline.length, first);
  const told = countOf(timeline, player.position);
  const story = useMemo(() => storyAt(reel, told), [reel, told]);
  const cast = useMemo(() => castOf(story.snapshot), [story.snapshot]);
  const replayed: Replayed = { ...measured, count: told, story };
  useKeys(replayed, player);
  // In the other time the same event stands elsewhere.
  const seq = timeline.beats[told - 1]?.seq ?? 0;
  const stays = useRef(seq);
  const shown = useRef(timeline);
  useEffect(() => {
    if (shown.current !== timeline) player.seek(positionOf(timeline, stays.current));
    else stays.current = seq;
    shown.current = timeline;
  });
  return (
    <>
      <h1 className="vh">Replay of {story.snapshot.room.name}</h1>
      <nav className="replay-tabs" aria-label="Parts of the room">
        {VIEWS.map(([name, word]) => (
          <button key={name} type="button" aria-pressed={view === name} onClick={() => setView(name)}>
            {word}
          </button>
        ))}
      </nav>
      <Stage replayed={replayed} position={player.position} view={view} />
      <section className="deck" aria-label="Replay controls">
        <Scrubber replayed={replayed} cast={cast} position={player.position} onSeek={player.seek} />
        <Controls
          replayed={replayed}
          player={player}
          skipQuiet={skipQuiet}
          onSkipQuiet={() => setSkipQuiet(!skipQuiet)}
        />
      </section>
    </>
  );
}

function LinkHere({ slug }: { slug: string }) {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    const at = document.querySelector<HTMLElement>('[data-replay-seq]')?.dataset['replaySeq'];
    const url = `${location.origin}/replay/${slug}${at ? `?at=${at}` : ''}`;
    void copyText(url).then(setCopied);
  };
  return (
    <button type="button" className="btn" onClick={copy} aria-label="Link to this moment">
      <Icon name={copied ? 'check' : 'link'} size={14} />
      <span className="hide-s">{copied ? 'Copied' : 'Link to this moment'}</span>
    </button>
  );
}

/** A room's whole story, at any of its moments. */
export function Replay({
  now,
  place,
  frames,
}: {
  now: SpectatorSnapshot;
  /** Where the room itself is, for this reader. */
  place?: string;
  /** How its log is read, where that is not open to everybody. */
  frames?: ReadFrames;
}) {
  const { reel, read, failed } = useReel(now, frames);
  const { room } = now;
  return (
    <div className="replay">
      <TopBar bare>
        <span className="replay-title cut">
          <b>{room.name}</b>
          <span className="chip soft lg">
            <Icon name="clock" size={14} />
            Replay
          </span>
        </span>
        <When room={room} />
        <span className="grow" />
        <LinkHere slug={room.slug} />
        <Link className="btn hide-s" href={place ?? `/watch/${room.slug}`}>
          Open room
        </Link>
      </TopBar>
      <main className="replay-main" id="main">
        {reel ? (
          <Playing reel={reel} />
        ) : (
          <div className="empty page-empty" role="status">
            <h1>{failed ? 'The log could not be read' : `Reading the log of ${room.name}`}</h1>
            <p className="t2 num">
              {failed
                ? 'Load this page again in a moment.'
                : `${counted(Math.round(read * now.cursor))} of ${counted(now.cursor)}`}
            </p>
          </div>
        )}
      </main>
    </div>
  );
}
