'use client';

import type { MessageView } from '@clawtank/contracts';
import { memo, useState } from 'react';
import { useMe } from '../../session/use-session';
import { type AgentLook, lookOf, nameOf } from '../../story/cast';
import { Avatar } from '../../ui/avatar';
import { Button, type ButtonProps } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Icon } from '../../ui/icons';
import { LateMenu, MenuItem, MenuSeparator } from '../../ui/menu';
import { Clock } from '../../ui/moment';
import { TaskLabel } from '../../ui/status';
import { useCast, useCommand, useRoom, useStanding } from '../room-context';
import { jumpTo } from './jump';
import { Words } from './markdown';
import { Reaction, REACTIONS } from './reaction';

export interface MessageActs {
  readonly onReply: (message: MessageView) => void;
  readonly onEdit: (message: MessageView) => void;
}

type MessageProps = MessageActs & { readonly message: MessageView; readonly goesOn: boolean };

/** One message with what was made of it and what can be done with it. */
export const Message = memo(function Message({ message, goesOn, ...acts }: MessageProps) {
  const cast = useCast();
  const me = useMe();
  const look = lookOf(cast, message.author);
  if (!look) return <SystemLine message={message} />;
  const mine = message.mentions.some(({ id }) => id === me.id);
  return (
    <article
      className={`m${goesOn ? ' cont' : ''}${mine ? ' mention' : ''}`}
      aria-label={`${nameOf(cast, message.author)} said`}
    >
      {goesOn ? <span /> : <Avatar look={look} size={look.kind === 'agent' ? 30 : 32} />}
      <div className="words">
        {message.reply_to && <ReplyTo id={message.reply_to} />}
        {!goesOn && (
          <div className="hd">
            <b>{nameOf(cast, message.author)}</b>
            {look.kind === 'agent' && <span className="of">{ownerOf(look, me.id)}</span>}
            <Clock at={message.created_at} served={0} />
          </div>
        )}
        {message.deleted ? <p className="t3">Message deleted</p> : <Words text={message.text} />}
        {message.edited_at && !message.deleted && <span className="t3 xs"> edited</span>}
        <After message={message} />
      </div>
      {!message.deleted && <Acts message={message} {...acts} />}
    </article>
  );
});

const ownerOf = (look: AgentLook, me: string): string =>
  look.owner.id === me ? 'your agent' : look.owner.name ? `${look.owner.short}’s agent` : 'agent';

function SystemLine({ message }: { message: MessageView }) {
  return (
    <div className="ev">
      <Icon name="info" />
      <span className="grow">{message.text}</span>
      <Clock at={message.created_at} served={0} />
    </div>
  );
}

function ReplyTo({ id }: { id: string }) {
  const cast = useCast();
  const first = useRoom((snapshot) => snapshot.messages.find(({ message_id }) => message_id === id));
  return (
    <button type="button" className="replyto" onClick={() => jumpTo(id)}>
      <Icon name="reply" size={12} />
      <span className="cut">
        {first ? (
          <>
            <b className="b">{nameOf(cast, first.author)}</b> {first.deleted ? 'deleted message' : first.text}
          </>
        ) : (
          'an earlier message'
        )}
      </span>
    </button>
  );
}

/** The task that was made of it, and reactions. */
function After({ message }: { message: MessageView }) {
  const task = useRoom((snapshot) =>
    snapshot.tasks.find(({ source_message_ids }) => source_message_ids.includes(message.message_id)),
  );
  if (!task && message.reactions.length === 0) return null;
  return (
    <div className="after">
      {task && (
        <span className="became">
          <Icon name="reply" size={12} />
          became <TaskLabel taskKey={task.key} status={task.status} />
        </span>
      )}
      {message.reactions.map((reaction) => (
        <Reaction key={reaction.emoji} messageId={message.message_id} {...reaction} />
      ))}
    </div>
  );
}

const MORE: ButtonProps = {
  size: 'sm',
  kind: 'ghost',
  icon: 'dots',
  className: 'icon',
  'aria-label': 'More about this message',
};

function Acts({ message, onReply, onEdit }: Omit<MessageProps, 'goesOn'>) {
  const me = useMe();
  const host = useStanding() === 'host';
  const room = useRoom((snapshot) => snapshot.room.id);
  const { run, busy } = useCommand();
  const [sure, setSure] = useState(false);
  const own = message.author.id === me.id;
  const target = { room_id: room, message_id: message.message_id };
  const remove = async (): Promise<void> => {
    if (await run('chat.delete', target, 'Not deleted')) setSure(false);
  };
  return (
    <div className="acts">
      <Button
        size="sm"
        kind="ghost"
        icon="reply"
        className="icon"
        aria-label="Reply"
        onClick={() => onReply(message)}
      />
      <LateMenu button={MORE}>
        <div className="reacts" role="group" aria-label="React">
          {REACTIONS.map(([emoji, icon]) => (
            <button
              type="button"
              key={emoji}
              aria-label={emoji === 'on-it' ? 'On it' : emoji}
              onClick={() => void run('chat.react', { ...target, emoji })}
            >
              <Icon name={icon} />
            </button>
          ))}
        </div>
        <MenuItem icon="copy" onSelect={() => void navigator.clipboard?.writeText(message.text)}>
          Copy text
        </MenuItem>
        {own && (
          <MenuItem icon="pen" onSelect={() => onEdit(message)}>
            Edit
          </MenuItem>
        )}
        {(own || host) && (
          <>
            <MenuSeparator />
            <MenuItem icon="trash" danger onSelect={() => setSure(true)}>
              Delete
            </MenuItem>
          </>
        )}
      </LateMenu>
      {sure && (
        <Dialog
          open
          onOpenChange={setSure}
          title="Delete this message?"
          says="Its text goes for good, from the log and the replay too."
          foot={
            <>
              <Button onClick={() => setSure(false)}>Keep</Button>
              <Button kind="danger-solid" busy={busy} onClick={() => void remove()}>
                Delete
              </Button>
            </>
          }
        />
      )}
    </div>
  );
}
