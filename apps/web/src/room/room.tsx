'use client';

import { useEffect, useMemo, useState } from 'react';
import { moveFocus } from '../keys/move-focus';
import { useActions } from '../keys/use-actions';
import type { Action } from '../keys/registry';
import { stateOf } from '../story/words';
import { BoardPanelKeys, SidePanel } from './side/side-panel';
import { Chat } from './chat/chat';
import { Crew } from './crew/crew';
import { needsOf } from './crew/needs';
import { Header } from './header';
import { Notices } from './notices';
import { RoomGround } from './ground';
import { useRoom, useRoomState } from './room-context';
import { useMe } from '../session/use-session';
import { type Place, RoomTabs, type SideTab } from './tabs';
import { useEverShown } from './use-ever-shown';

const WALK = { group: 'Room', silent: true } as const;

/** What J and K walk through: the messages for whoever stands among them, else the board. */
const here = (): string =>
  document.activeElement?.closest('.feed') ? '.feed .vrow' : '.board .tk .ti, .board .dn > button';

/** The review that a link leads to: `?pull=3`. */
function pullNamed(): number | null {
  const number = Number(new URLSearchParams(location.search).get('pull') ?? '');
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}

/** A room as its members work in it. */
export function Room({ room }: { room: string }) {
  return (
    <RoomGround room={room}>
      <Inside />
    </RoomGround>
  );
}

function Inside() {
  const [named] = useState(pullNamed);
  const [place, setPlace] = useState<Place>(named === null ? 'chat' : 'side');
  const [tab, setTab] = useState<SideTab>(named === null ? 'board' : 'code');
  const [pull, setPull] = useState<number | null>(named);
  const name = useRoom((snapshot) => snapshot.room.name);
  const state = useRoom((snapshot) => stateOf(snapshot.room).word);
  const crew = useEverShown(place === 'crew');
  const side = useEverShown(place === 'side');
  const me = useMe();
  const needs = useRoomState(({ model }) => (model ? needsOf(model.story.snapshot, me.id).length : 0));
  useEffect(() => {
    document.title = `${needs > 0 ? `(${needs}) ` : ''}${name} · ${state} · ClawTank`;
  }, [name, state, needs]);
  const show = (next: SideTab): void => {
    setTab(next);
    setPlace('side');
    if (next !== 'code') setPull(null);
  };
  const showPull = (number: number | null): void => {
    setPull(number);
    setTab('code');
    setPlace('side');
  };
  useActions(
    useMemo<readonly Action[]>(() => {
      const go = (id: SideTab, label: string, keys: string): Action => ({
        id: `room-${id}`,
        label,
        group: 'Room',
        keys,
        icon:
          id === 'conflicts' ? 'conflict' : id === 'code' ? 'code' : id === 'activity' ? 'activity' : 'board',
        run: () => {
          setTab(id);
          setPlace('side');
        },
      });
      return [
        go('board', 'Board', 'g b'),
        go('activity', 'Activity', 'g y'),
        go('code', 'Code', 'g c'),
        go('conflicts', 'Conflicts', 'g x'),
        {
          id: 'room-crew',
          label: 'Members',
          group: 'Room',
          keys: 'g m',
          icon: 'user',
          run: () => setPlace('crew'),
        },
        {
          id: 'room-write',
          label: 'Write a message',
          group: 'Room',
          keys: 'm',
          icon: 'chat',
          run: () => {
            setPlace('chat');
            document.querySelector<HTMLElement>('#composer')?.focus();
          },
        },
        {
          ...WALK,
          id: 'room-next',
          label: 'Next task or message',
          keys: 'j',
          run: () => moveFocus(here(), 1),
        },
        {
          ...WALK,
          id: 'room-back',
          label: 'Task or message before',
          keys: 'k',
          run: () => moveFocus(here(), -1),
        },
      ];
    }, []),
  );
  return (
    <div className="room" data-place={place} data-wide={pull !== null || undefined}>
      <Header />
      <main className="cols" id="main">
        {crew && <Crew onPull={showPull} onMessage={() => setPlace('chat')} />}
        <section className="chat" aria-label="Chat">
          <Notices />
          <Chat onPull={showPull} onTab={show} />
        </section>
        {side && <SidePanel tab={tab} onTab={show} pull={pull} onPull={showPull} />}
      </main>
      <RoomTabs place={place} tab={tab} needs={needs} onPlace={setPlace} onTab={show} />
      <BoardPanelKeys onBoard={() => show('board')} />
    </div>
  );
}
