'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { SmallLanes } from '../lanes/lanes';
import { castOf, lookOf, nameOf } from '../story/cast';
import { numbersOf } from '../story/numbers';
import type { RoomStory } from '../story/room-story';
import { count } from '../time/format';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icons';
import { MessageText } from '../ui/words';

/** The busiest room, large: its lanes and what was said last. */
export function Feature({ story, served }: { story: RoomStory; served: number }) {
  const { room, messages } = story.snapshot;
  const cast = useMemo(() => castOf(story.snapshot), [story.snapshot]);
  const numbers = numbersOf(story.snapshot, story.log, served);
  const said = messages.filter(({ deleted, origin }) => !deleted && origin !== 'system').slice(-3);
  return (
    <article className="feat">
      <div className="l">
        <div className="row">
          <span className="chip live lg">
            <span className="livedot still" />
            Live
          </span>
          <h2 className="cut">{room.name}</h2>
          <span className="t2 cut hide-s">{room.description}</span>
        </div>
        <SmallLanes story={story} cast={cast} served={served} ended={null} />
      </div>
      <div className="r">
        <div className="row sm between">
          <span className="row b tone-spectator watching">
            <Icon name="eye" />
            <span className="num">{count(room.spectators)} watching</span>
          </span>
          <span className="t3 num">
            {numbers.done} of {numbers.tasks} done
          </span>
        </div>
        {said.map((message) => {
          const look = lookOf(cast, message.author);
          return (
            <div className="said" key={message.message_id}>
              <span>{look && <Avatar look={look} size={22} />}</span>
              <span className="words">
                <b className="sb">{nameOf(cast, message.author)}</b>{' '}
                <MessageText text={message.text} cast={cast} short />
              </span>
            </div>
          );
        })}
        <Link className="btn whole" href={`/watch/${room.slug}`} prefetch={false}>
          <Icon name="eye" size={14} />
          Watch this room
        </Link>
      </div>
    </article>
  );
}
