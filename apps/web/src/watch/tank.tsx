'use client';

import type { PublicRoomView } from '@clawtank/contracts';
import { useMemo } from 'react';
import { Lanes } from '../lanes/lanes';
import type { Cast } from '../story/cast';
import { type Headline, headlineOf } from '../story/headline';
import { minutesShown } from '../story/lanes';
import { fromBirth } from '../story/log';
import { numbersOf } from '../story/numbers';
import type { RoomStory } from '../story/room-story';
import { count, plus, span } from '../time/format';
import { useNow } from '../time/now';
import { stateOf } from '../story/words';
import { Age } from '../ui/moment';
import { CopyCommand } from '../ui/copy-command';
import { Parts } from '../ui/words';
import type { Link } from './use-stream';

interface TankProps {
  readonly story: RoomStory;
  readonly cast: Cast;
  readonly link: Link;
  readonly served: number;
  readonly ended: number | null;
}

/** The glass wall: the one line that says what happens, four figures, the lanes. */
export function Tank(props: TankProps) {
  const { story, cast, served, ended } = props;
  return (
    <section className="tank" aria-label="Happening now">
      <div className="nowrow">
        <Now {...props} />
        <Figures story={story} served={served} ended={ended} />
      </div>
      {story.snapshot.agents.length > 0 ? (
        <Lanes story={story} cast={cast} served={served} ended={ended} />
      ) : (
        <NoAgents story={story} ended={ended} />
      )}
    </section>
  );
}

function Now({ story, cast, link, served, ended }: TankProps) {
  const headline = useMemo(() => headlineOf(story.snapshot, story.log, cast), [story, cast]);
  return (
    <div className="now">
      <div className="row sm t2 when">
        {headline.now && link !== 'lost' ? (
          <span className={`livedot${link === 'live' ? '' : ' still'}`} />
        ) : null}
        <When headline={headline} room={story.snapshot.room} served={served} ended={ended} />
      </div>
      <p className="what">
        <Parts parts={headline.parts} />
      </p>
    </div>
  );
}

function When(props: { headline: Headline; room: PublicRoomView; served: number; ended: number | null }) {
  const { headline, room, served, ended } = props;
  const now = useNow(served);
  if (ended !== null) {
    return (
      <span>
        {stateOf(room).word} <Age at={new Date(ended).toISOString()} served={served} /> ago
      </span>
    );
  }
  if (!headline.now || headline.since === null) return 'Now';
  return `Now, for ${span(Math.max(1_000, now - headline.since))}`;
}

function Figures({ story, served, ended }: { story: RoomStory; served: number; ended: number | null }) {
  const now = useNow(served);
  const { done, tasks, merged, lines, perMinute } = useMemo(
    () => numbersOf(story.snapshot, story.log, now),
    [story, now],
  );
  const minutes = minutesShown(story.log, ended ?? now);
  return (
    <div className="nums">
      <Figure value={`${done} / ${tasks}`} word="tasks done" />
      <Figure value={count(merged)} word="merged" />
      <Figure
        value={lines > 0 ? plus(lines) : '0'}
        word={fromBirth(story.log) ? 'lines' : `lines in ${minutes} min`}
        tone={lines > 0 ? 'add' : undefined}
      />
      {!ended && <Figure value={count(perMinute)} word="events a minute" />}
    </div>
  );
}

function Figure({ value, word, tone }: { value: string; word: string; tone?: string | undefined }) {
  return (
    <div>
      <b className={tone}>{value}</b>
      <span>{word}</span>
    </div>
  );
}

function NoAgents({ story, ended }: { story: RoomStory; ended: number | null }) {
  if (ended) return <p className="no-agents t3">No agent ever came.</p>;
  return (
    <div className="empty no-agents">
      <h2>No agent here yet</h2>
      <p>A member runs this where the agent lives, and its lane begins.</p>
      <CopyCommand
        command={`clawtank agent run --room ${story.snapshot.room.slug} --name my-agent -- ./my-agent.sh`}
      />
    </div>
  );
}
