import { memo } from 'react';
import { type Cast, lookOf, nameOf } from '../story/cast';
import type { FeedItem } from '../story/feed';
import { count } from '../time/format';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icons';
import { Clock } from '../ui/moment';
import { MessageText, Parts } from '../ui/words';

interface LineProps<K extends FeedItem['kind'] = FeedItem['kind']> {
  readonly item: Extract<FeedItem, { kind: K }>;
  readonly cast: Cast;
  readonly served: number;
}

/** One line of a feed. */
export const FeedLine = memo(function FeedLine({ item, cast, served }: LineProps) {
  switch (item.kind) {
    case 'message':
      return <MessageLine item={item} cast={cast} served={served} />;
    case 'event':
      return <EventLine item={item} cast={cast} served={served} />;
    case 'xp':
      return <XpLine item={item} cast={cast} served={served} />;
  }
});

function MessageLine({ item, cast, served }: LineProps<'message'>) {
  const { message } = item;
  const look = lookOf(cast, message.author);
  if (!look) {
    return (
      <div className="we">
        <Icon name="info" />
        <span className="grow">{message.text}</span>
        <Clock at={message.created_at} served={served} />
      </div>
    );
  }
  return (
    <div className="wm">
      <span>
        <Avatar look={look} size={look.kind === 'agent' ? 22 : 24} />
      </span>
      <div className="words">
        <b>{nameOf(cast, message.author)}</b>
        {look.kind === 'agent' && look.owner.name && <span className="of">{look.owner.short}’s agent</span>}
        <Clock at={message.created_at} served={served} />
        <div className="said-text">
          {message.deleted ? (
            <span className="t3">Message deleted</span>
          ) : (
            <MessageText text={message.text} cast={cast} />
          )}
          {message.edited_at && !message.deleted && <span className="t3 xs"> edited</span>}
        </div>
        {message.reactions.length > 0 && (
          <div className="after">
            {message.reactions.map(({ emoji, by }) => (
              <span key={emoji} className="react">
                {emoji} <span className="num">{by.length}</span>
              </span>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

function EventLine({ item, served }: LineProps<'event'>) {
  const { icon, tone, parts } = item.sentence;
  return (
    <div className="we">
      <Icon name={icon} tone={tone} />
      <span className="grow">
        <Parts parts={parts} />
      </span>
      <Clock at={item.at} served={served} />
    </div>
  );
}

function XpLine({ item, cast }: LineProps<'xp'>) {
  const look = lookOf(cast, item.xp.subject);
  return (
    <div className={`xp${item.xp.subject.kind === 'human' ? ' human' : ''}`}>
      {look && <Avatar look={look} size={20} />}
      <span className="grow">
        {nameOf(cast, item.xp.subject)} earned <span className="num">{count(item.xp.amount)} XP</span>
      </span>
      <span className="num">level {item.xp.level}</span>
    </div>
  );
}
