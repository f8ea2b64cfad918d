'use client';

import {
  type Announcements,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import type { TaskView } from '@clawtank/contracts';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { boardOf, type Card, type Column } from '../../story/board';
import { TASK_WORDS, type TaskShape } from '../../story/words';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Icon } from '../../ui/icons';
import { MenuChoice, Menu } from '../../ui/menu';
import { TaskGlyph } from '../../ui/status';
import { useCast, useRoom, useStanding } from '../room-context';
import { byColumns, nearestColumn } from './keyboard';
import { DoneLine, TaskCard } from './task-card';
import { useMoving } from './use-moving';

const TaskDialog = lazy(() => import('./task-dialog').then((part) => ({ default: part.TaskDialog })));
const TaskForm = lazy(() => import('./task-form').then((part) => ({ default: part.TaskForm })));

/** As the mock has it: what is nearest to done comes first. */
const ORDER: readonly TaskShape[] = ['review', 'progress', 'claimed', 'open', 'done'];
const DONE_SHOWN = 5;
const CARDS_SHOWN = 30;

const wordOf = (shape: unknown): string =>
  Object.values(TASK_WORDS).find((word) => word.shape === shape)?.word ?? 'nowhere';

const ANNOUNCE: Announcements = {
  onDragStart: ({ active }) => `Picked up ${String(active.data.current?.['key'])}.`,
  onDragOver: ({ over }) => (over ? `Over ${wordOf(over.id)}.` : 'Over no column.'),
  onDragEnd: ({ over }) => (over ? `Dropped on ${wordOf(over.id)}.` : 'Put back.'),
  onDragCancel: () => 'Put back.',
};
const INSTRUCTIONS = {
  draggable:
    'Press Space to pick the task up, the up and down arrows to choose a column, Space to drop, Escape to put it back.',
};

/** Every task in its column, to be moved with the pointer or the keyboard. */
export function Board({
  onPull,
  onConflicts,
}: {
  onPull: (number: number) => void;
  onConflicts: () => void;
}) {
  const cast = useCast();
  const [who, setWho] = useState('all');
  const [making, setMaking] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const [held, setHeld] = useState<Card<TaskView> | null>(null);
  const { columns, empty } = useColumns(who);
  const moving = useMoving();
  const spectator = useStanding() === 'spectator';
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: byColumns,
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] },
    }),
  );
  const placed = columns.map((column) => moving.shown(column, columns));
  const cardOf = (id: unknown) =>
    columns.flatMap(({ cards }) => cards).find(({ task }) => task.id === id) ?? null;
  const dropped = ({ active, over }: DragEndEvent): void => {
    setHeld(null);
    const card = cardOf(active.id);
    const from = columns.find(({ cards }) => card && cards.includes(card))?.shape;
    if (card && over && from) moving.move(card.task, over.id as TaskShape, from);
  };
  return (
    <div className="board">
      <div className="tool">
        <Menu
          align="start"
          trigger={
            <Button kind="ghost" size="sm">
              {whoWord(who, cast)}
              <Icon name="down" size={14} />
            </Button>
          }
        >
          <MenuChoice
            value={who}
            onChange={setWho}
            options={[
              ['all', 'All members'],
              ['none', 'Nobody'],
              ...[...cast.agents.values(), ...cast.people.values()].map(
                ({ id, name }) => [id, name] as const,
              ),
            ]}
          />
        </Menu>
        <span className="grow" />
        {!spectator && (
          <Button size="sm" icon="plus" onClick={() => setMaking(true)}>
            Task <kbd className="hide-s">C</kbd>
          </Button>
        )}
      </div>
      {empty ? (
        <Empty icon="board" title="No tasks yet">
          <p>
            Say what you want in chat, or press <kbd>C</kbd>.
          </p>
        </Empty>
      ) : (
        <DndContext
          sensors={sensors}
          collisionDetection={nearestColumn}
          accessibility={{ announcements: ANNOUNCE, screenReaderInstructions: INSTRUCTIONS }}
          onDragStart={({ active }) => setHeld(cardOf(active.id))}
          onDragCancel={() => setHeld(null)}
          onDragEnd={dropped}
        >
          <div className="scroll" role="region" aria-label="Board" tabIndex={0}>
            {placed.map((column) => (
              <Group key={column.shape} column={column} dragging={held !== null}>
                {column.shape === 'done' ? (
                  <Done cards={column.cards} onOpen={setOpen} />
                ) : (
                  <Cards cards={column.cards}>
                    {(card) => (
                      <TaskCard
                        key={card.task.id}
                        card={card}
                        fixed={spectator}
                        onOpen={setOpen}
                        onPull={onPull}
                        onConflicts={onConflicts}
                      />
                    )}
                  </Cards>
                )}
              </Group>
            ))}
          </div>
          <DragOverlay dropAnimation={null}>
            {held && (
              <div className="tk thin dragging">
                <div className="a">
                  <span className="key">{held.task.key}</span>
                  <span className="ti cut">{held.task.title}</span>
                </div>
              </div>
            )}
          </DragOverlay>
        </DndContext>
      )}
      <Suspense>
        {making && <TaskForm onClose={() => setMaking(false)} onMade={() => setMaking(false)} />}
        {open && <TaskDialog id={open} onClose={() => setOpen(null)} onPull={onPull} />}
      </Suspense>
      {moving.dialog}
    </div>
  );
}

function whoWord(who: string, cast: ReturnType<typeof useCast>): string {
  if (who === 'all') return 'All members';
  if (who === 'none') return 'Nobody';
  return (cast.agents.get(who) ?? cast.people.get(who))?.name ?? 'All members';
}

function useColumns(who: string): { columns: readonly Column<TaskView>[]; empty: boolean } {
  const tasks = useRoom((snapshot) => snapshot.tasks);
  const agents = useRoom((snapshot) => snapshot.agents);
  const conflicts = useRoom((snapshot) => snapshot.conflicts);
  const pull_requests = useRoom((snapshot) => snapshot.pull_requests);
  const columns = useMemo(() => {
    const all = boardOf<TaskView>({ tasks, agents, conflicts, pull_requests });
    const mine = ({ task }: Card<TaskView>): boolean =>
      who === 'all' || (who === 'none' ? task.assignee === null : task.assignee?.id === who);
    return ORDER.flatMap((shape) => all.find((column) => column.shape === shape) ?? []).map((column) => ({
      ...column,
      cards: column.cards.filter(mine),
    }));
  }, [tasks, agents, conflicts, pull_requests, who]);
  return { columns, empty: tasks.length === 0 };
}

function Group({
  column,
  dragging,
  children,
}: {
  column: Column<TaskView>;
  dragging: boolean;
  children: ReactNode;
}) {
  const { setNodeRef, isOver } = useDroppable({ id: column.shape });
  if (column.cards.length === 0 && !dragging) return null;
  return (
    <section
      className={`grp${isOver ? ' over' : ''}${dragging ? ' target' : ''}`}
      ref={setNodeRef}
      aria-label={column.word}
    >
      <h2 className="hd">
        <TaskGlyph shape={column.shape} />
        {column.word}
        <span className="count">{column.cards.length}</span>
      </h2>
      {children}
    </section>
  );
}

/** Hundreds of cards cost more than anybody reads: what is further down comes when asked for. */
function Cards({
  cards,
  children,
}: {
  cards: readonly Card<TaskView>[];
  children: (card: Card<TaskView>) => ReactNode;
}) {
  const [shown, setShown] = useState(CARDS_SHOWN);
  const more = Math.min(CARDS_SHOWN, cards.length - shown);
  return (
    <>
      {cards.slice(0, shown).map(children)}
      {more > 0 && (
        <Button size="sm" kind="ghost" onClick={() => setShown(shown + CARDS_SHOWN)}>
          Show {more} more of {cards.length}
        </Button>
      )}
    </>
  );
}

function Done({ cards, onOpen }: { cards: readonly Card<TaskView>[]; onOpen: (id: string) => void }) {
  const [all, setAll] = useState(false);
  return (
    <>
      {(all ? cards : cards.slice(0, DONE_SHOWN)).map(({ task }) => (
        <DoneLine key={task.id} task={task} onOpen={onOpen} />
      ))}
      {cards.length > DONE_SHOWN && (
        <Button size="sm" kind="ghost" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${cards.length}`}
        </Button>
      )}
    </>
  );
}
