'use client';

import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import type { Action } from '../../keys/registry';
import { useActions } from '../../keys/use-actions';
import { Tabs } from '../../ui/tabs';
import { useRoom, useStanding } from '../room-context';
import type { SideTab } from '../tabs';
import { SkeletonRows } from '../../ui/empty';

// Each comes when it is first looked at: what a phone or a reader of the chat never opens is never fetched.
const Board = lazy(() => import('../board/board').then((part) => ({ default: part.Board })));
const TaskForm = lazy(() => import('../board/task-form').then((part) => ({ default: part.TaskForm })));
const Code = lazy(() => import('../code/code').then((part) => ({ default: part.Code })));
const Activity = lazy(() => import('./activity').then((part) => ({ default: part.Activity })));
const Conflicts = lazy(() => import('./conflicts').then((part) => ({ default: part.Conflicts })));

const Late = ({ children }: { children: ReactNode }) => (
  <Suspense fallback={<SkeletonRows rows={4} />}>{children}</Suspense>
);

/** The right column: board, activity, code, conflicts, and the way to the replay. */
export function SidePanel({
  tab,
  onTab,
  pull,
  onPull,
}: {
  tab: SideTab;
  onTab: (tab: SideTab) => void;
  pull: number | null;
  onPull: (number: number | null) => void;
}) {
  const pulls = useRoom((snapshot) => snapshot.pull_requests.filter(({ state }) => state === 'open').length);
  const conflicts = useRoom(
    (snapshot) => snapshot.conflicts.filter(({ state }) => state !== 'resolved').length,
  );
  const slug = useRoom((snapshot) => snapshot.room.slug);
  return (
    <aside className="right" aria-label="Work">
      <a className="replay-link" href={`/replay/${slug}`}>
        Replay
      </a>
      <Tabs
        label="Work"
        className="sidetabs"
        value={tab}
        onChange={onTab}
        items={[
          {
            value: 'board',
            label: 'Board',
            content: (
              <Late>
                <Board onPull={onPull} onConflicts={() => onTab('conflicts')} />
              </Late>
            ),
          },
          {
            value: 'activity',
            label: 'Activity',
            content: (
              <Late>
                <Activity />
              </Late>
            ),
          },
          {
            value: 'code',
            label: 'Code',
            extra: pulls > 0 && <span className="count">{pulls}</span>,
            content: (
              <Late>
                <Code pull={pull} onPull={onPull} />
              </Late>
            ),
          },
          {
            value: 'conflicts',
            label: 'Conflicts',
            extra: conflicts > 0 && <span className="badge danger">{conflicts}</span>,
            content: (
              <Late>
                <Conflicts />
              </Late>
            ),
          },
        ]}
      />
    </aside>
  );
}

/** `C` makes a task from anywhere in the room. */
export function BoardPanelKeys({ onBoard }: { onBoard: () => void }) {
  const [making, setMaking] = useState(false);
  const spectator = useStanding() === 'spectator';
  useActions(
    useMemo<readonly Action[]>(
      () =>
        spectator
          ? []
          : [
              {
                id: 'new-task',
                label: 'New task',
                group: 'Room',
                keys: 'c',
                icon: 'plus',
                run: () => setMaking(true),
              },
            ],
      [spectator],
    ),
  );
  return making ? (
    <Suspense>
      <TaskForm
        onClose={() => setMaking(false)}
        onMade={() => {
          setMaking(false);
          onBoard();
        }}
      />
    </Suspense>
  ) : null;
}
