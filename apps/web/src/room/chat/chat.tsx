'use client';

import type { MessageView } from '@clawtank/contracts';
import { useCallback, useState } from 'react';
import { useMe } from '../../session/use-session';
import { nameOf } from '../../story/cast';
import { listed } from '../../story/sentence';
import { useNow } from '../../time/now';
import { useCast, useRoomState, useStore } from '../room-context';
import type { SideTab } from '../tabs';
import { ChatHead } from './chat-head';
import { Composer } from './composer';
import { Feed } from './feed';
import { Suggestions } from './suggestions';

/** The conversation: what was said and what happened between, suggestions, and where one writes. */
export function Chat(_props: { onPull: (number: number) => void; onTab: (tab: SideTab) => void }) {
  const me = useMe();
  const store = useStore();
  const [replying, setReplying] = useState<MessageView | null>(null);
  const [editing, setEditing] = useState<MessageView | null>(null);
  const reply = useCallback((message: MessageView) => (setEditing(null), setReplying(message)), []);
  const edit = useCallback((message: MessageView) => (setReplying(null), setEditing(message)), []);
  const editLast = (): void => {
    const messages = store.get().model?.story.snapshot.messages;
    const own = messages?.findLast(({ author, deleted }) => author.id === me.id && !deleted);
    if (own) edit(own);
  };
  return (
    <>
      <ChatHead />
      <Feed onReply={reply} onEdit={edit} />
      <div className="chatfoot">
        <Suggestions />
        <Composer
          replying={replying}
          editing={editing}
          onEditLast={editLast}
          onDone={() => (setReplying(null), setEditing(null))}
        />
        <Typing />
      </div>
    </>
  );
}

function Typing() {
  const cast = useCast();
  const me = useMe();
  const now = useNow(0);
  const typing = useRoomState((state) => state.signals.typing);
  const names = [...typing]
    .filter(([id, until]) => until > now && id !== me.id)
    .map(([id]) => nameOf(cast, { kind: cast.agents.has(id) ? 'agent' : 'human', id, name: 'Somebody' }));
  return (
    <div className="typing" aria-live="polite">
      {names.length > 0 && `${listed(names)} ${names.length === 1 ? 'is' : 'are'} typing`}
    </div>
  );
}
