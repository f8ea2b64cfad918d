'use client';

import { type KeyboardEvent, useMemo } from 'react';
import type { Cast } from '../story/cast';
import { activityFeed, chatFeed } from '../story/feed';
import type { RoomStory } from '../story/room-story';
import { Icon } from '../ui/icons';
import { Crew } from './crew';
import { Feed } from './feed';
import { type SideView, sideOf, type View } from './views';

interface SideProps {
  readonly story: RoomStory;
  readonly cast: Cast;
  readonly served: number;
  readonly view: View;
  readonly onView: (view: View) => void;
}

const TABS: readonly { readonly view: SideView; readonly word: string }[] = [
  { view: 'chat', word: 'Live chat' },
  { view: 'activity', word: 'Activity' },
  { view: 'crew', word: 'Crew' },
];

/** Beside the stage: what is said, what happens, who is here. */
export function Side({ story, cast, served, view, onView }: SideProps) {
  const shown = sideOf(view);
  const { snapshot, log } = story;
  const crew = snapshot.members.filter(({ role }) => role !== 'spectator').length + snapshot.agents.length;
  const items = useMemo(
    () => (shown === 'activity' ? activityFeed(log, cast) : chatFeed(snapshot, log, cast)),
    [shown, snapshot, log, cast],
  );
  return (
    <aside className="side" aria-label="Beside the stage">
      <Tabs shown={shown} crew={crew} onView={onView} />
      <div className="pane" role="tabpanel" id="side-pane" aria-labelledby={`tab-${shown}`}>
        {shown === 'crew' ? (
          <Crew snapshot={snapshot} cast={cast} served={served} />
        ) : (
          <Feed
            key={shown}
            items={items}
            cast={cast}
            served={served}
            label={shown === 'chat' ? 'Live chat' : 'Activity'}
          />
        )}
      </div>
      <div className="ro">
        <Icon name="eye" tone="spectator" />
        <span className="grow">You’re watching. Seats are by invitation of {snapshot.room.host_name}.</span>
      </div>
    </aside>
  );
}

function Tabs({ shown, crew, onView }: { shown: SideView; crew: number; onView: (view: View) => void }) {
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const index = TABS.findIndex(({ view }) => view === shown);
    const next = TABS[(index + step + TABS.length) % TABS.length];
    if (!next) return;
    onView(next.view);
    document.getElementById(`tab-${next.view}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label="Beside the stage" onKeyDown={move}>
      {TABS.map(({ view, word }) => (
        <button
          key={view}
          type="button"
          role="tab"
          id={`tab-${view}`}
          aria-controls="side-pane"
          aria-selected={view === shown}
          tabIndex={view === shown ? 0 : -1}
          onClick={() => onView(view)}
        >
          {word}
          {view === 'crew' && <span className="count">{crew}</span>}
        </button>
      ))}
    </div>
  );
}
