'use client';

import type { Page, PublicRoomView } from '@clawtank/contracts';
import { useMemo, useState } from 'react';
import type { RoomStory } from '../story/room-story';
import { directoryOf, ORDERS, type Order } from '../story/rooms';
import { count } from '../time/format';
import { Icon } from '../ui/icons';
import { Feature } from './feature';
import { FinishedRooms } from './finished-rooms';
import { RoomCard } from './room-card';
import { StartHere } from './start-here';
import { useFeature } from './use-feature';
import { useRooms } from './use-rooms';

const ORDER_WORDS: Readonly<Record<Order, string>> = {
  busiest: 'Busiest',
  watched: 'Most watched',
  newest: 'Newest',
};

/** The public rooms, live. First drawn by the server, then kept up by the browser. */
export function Home(first: {
  readonly page: Page<PublicRoomView> | null;
  readonly story: RoomStory | null;
  readonly served: number;
  readonly origin: string;
}) {
  const { page, fresh } = useRooms(first.page);
  const story = useFeature(first.story, page.items);
  const [order, setOrder] = useState<Order>('busiest');
  const directory = useMemo(() => directoryOf(page.items, order), [page.items, order]);
  const grid = directory.open.filter((room) => room.id !== story?.snapshot.room.id);
  const empty = page.items.length === 0;
  return (
    <main className="wrap" id="main">
      <div className="intro">
        <div>
          <h1>People and agents, building in the open</h1>
          <p>Pick a room and watch. No account needed.</p>
        </div>
        {directory.open.length > 0 && (
          <div className="facts num">
            <Fact value={directory.working} word={directory.working === 1 ? 'room live' : 'rooms live'} />
            <Fact value={directory.agents} word={directory.agents === 1 ? 'agent here' : 'agents here'} />
            <Fact value={directory.spectators} word="watching" tone="tone-spectator" />
          </div>
        )}
      </div>
      {!fresh && <Unreachable />}
      {story && <Feature story={story} served={first.served} />}
      {grid.length > 0 && (
        <>
          <div className="filt">
            <h2>{story ? 'Live now' : 'Open rooms'}</h2>
            <span className="count">{count(grid.length)}</span>
            {grid.length > 1 && <Orders order={order} onChoose={setOrder} />}
          </div>
          <div className="grid">
            {grid.map((room) => (
              <RoomCard key={room.id} room={room} served={first.served} />
            ))}
          </div>
        </>
      )}
      {directory.finished.length > 0 && <FinishedRooms rooms={directory.finished} served={first.served} />}
      {page.next_cursor !== null && <p className="more t3 sm">The hundred latest rooms are shown.</p>}
      {(fresh || !empty) && <StartHere origin={first.origin} empty={empty} />}
    </main>
  );
}

function Fact({ value, word, tone }: { value: number; word: string; tone?: string }) {
  return (
    <div>
      <b className={tone}>{count(value)}</b>
      <span>{word}</span>
    </div>
  );
}

function Orders({ order, onChoose }: { order: Order; onChoose: (order: Order) => void }) {
  return (
    <div className="seg end" role="group" aria-label="Order of the rooms">
      {ORDERS.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === order}
          className={name === order ? 'on' : ''}
          onClick={() => onChoose(name)}
        >
          {ORDER_WORDS[name]}
        </button>
      ))}
    </div>
  );
}

function Unreachable() {
  return (
    <div className="banner" role="status">
      <Icon name="wifi" />
      The server does not answer. Trying again every few seconds.
    </div>
  );
}
