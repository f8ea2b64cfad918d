'use client';

import { personLook } from '../../story/cast';
import { useMe } from '../../session/use-session';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import { toastError } from '../../ui/toasts';
import type { Pending } from '../model';
import { useCast, useStore } from '../room-context';
import { Words } from './markdown';

/** A line on its way. It becomes the real one when the room has it; one that failed can be sent again. */
export function PendingLine({ line }: { line: Pending }) {
  const me = useMe();
  const cast = useCast();
  const store = useStore();
  const look = cast.people.get(me.id) ?? personLook(me.id, me.display_name);
  const again = () =>
    store.say(line.text, line.replyTo, line.id).catch((error: unknown) => toastError(error, 'Not sent'));
  return (
    <article className="m pending" aria-label="Your message, being sent">
      <Avatar look={look} size={32} />
      <div className="words">
        <div className="hd">
          <b>{look.short}</b>
          <span className="t3 xs">{line.state === 'failed' ? 'not sent' : 'sending'}</span>
        </div>
        <Words text={line.text} />
        {line.state === 'failed' && (
          <div className="after">
            <Icon name="warn" size={14} tone="danger" />
            <Button size="sm" onClick={() => void again()}>
              Send again
            </Button>
            <Button size="sm" kind="ghost" onClick={() => store.drop(line.id)}>
              Discard
            </Button>
          </div>
        )}
      </div>
    </article>
  );
}
