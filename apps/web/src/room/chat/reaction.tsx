'use client';

import { useMe } from '../../session/use-session';
import { nameOf } from '../../story/cast';
import { listed } from '../../story/sentence';
import { Icon, type IconName } from '../../ui/icons';
import { useCast, useCommand, useRoom } from '../room-context';

/** What the menu offers, drawn with the product's own icons; any other one that somebody used shows as it is. */
const DRAWN: Readonly<Record<string, IconName>> = {
  'on-it': 'bolt',
  '👍': 'check',
  '👀': 'eye',
  '🎉': 'star',
  '🤔': 'help',
};
export const REACTIONS = Object.entries(DRAWN);

/** A reaction with who gave it. Pressing adds one's own or takes it back. An agent's `on-it` is a word, not a post. */
export function Reaction({
  messageId,
  emoji,
  by,
}: {
  messageId: string;
  emoji: string;
  by: readonly string[];
}) {
  const cast = useCast();
  const me = useMe();
  const room = useRoom((snapshot) => snapshot.room.id);
  const { run } = useCommand();
  const own = by.includes(me.id);
  const kindOf = (id: string) => (cast.agents.has(id) ? ('agent' as const) : ('human' as const));
  const names = listed(
    by.map((id) => nameOf(cast, { kind: kindOf(id), id, name: 'somebody' })),
    3,
  );
  const toggle = () => void run('chat.react', { room_id: room, message_id: messageId, emoji, remove: own });
  const icon = DRAWN[emoji];
  return (
    <button
      type="button"
      className={`react${own ? ' me' : ''}`}
      aria-pressed={own}
      title={names}
      onClick={toggle}
    >
      {icon ? <Icon name={icon} size={12} /> : <span>{emoji}</span>}
      {emoji === 'on-it' ? `on it · ${names}` : <span className="num">{by.length}</span>}
      <span className="vh">
        {emoji} by {names}
      </span>
    </button>
  );
}
