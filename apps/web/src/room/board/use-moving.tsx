'use client';

import type { TaskView } from '@clawtank/contracts';
import { type ReactNode, useState } from 'react';
import { useMe } from '../../session/use-session';
import type { Column } from '../../story/board';
import type { TaskShape } from '../../story/words';
import { toast } from '../../ui/toasts';
import { useCommand, useRoom } from '../room-context';
import { AssignDialog } from './assign-dialog';
import { ChangesDialog } from './changes-dialog';
import { moveOf, type Move } from './drop';

type Moved = ReadonlyMap<string, TaskShape>;

/**
 * Moves of cards: a card stands where it was dropped while the server is asked, and where the room says after that.
 */
export function useMoving(): {
  move: (task: TaskView, to: TaskShape, from: TaskShape) => void;
  shown: (column: Column<TaskView>, all: readonly Column<TaskView>[]) => Column<TaskView>;
  dialog: ReactNode;
} {
  const me = useMe();
  const pulls = useRoom((snapshot) => snapshot.pull_requests);
  const room_id = useRoom((snapshot) => snapshot.room.id);
  const [moved, setMoved] = useState<Moved>(new Map());
  const [asking, setAsking] = useState<{ what: 'assign' | 'request_changes'; task: TaskView } | null>(null);
  const { run } = useCommand();

  const perform = async (task: TaskView, move: Move): Promise<void> => {
    const task_id = task.id;
    switch (move.do) {
      case 'assign':
      case 'request_changes':
        return setAsking({ what: move.do, task });
      case 'release':
        return void (await run('task.release', { task_id, fence: move.fence }));
      case 'start':
        return void (await run('task.start', { task_id, fence: move.fence }));
      case 'submit':
        return void (await run('task.submit', { task_id, fence: move.fence }));
      case 'complete':
        return void (await run('task.complete', { task_id }));
      case 'merge':
        return void (await run('git.merge', { room_id, number: move.number }, 'Not merged'));
      case 'refuse':
        return toast({ title: move.why, tone: 'warning' });
      case 'nothing':
        return;
    }
  };
  const move = (task: TaskView, to: TaskShape, from: TaskShape): void => {
    const wish = moveOf(task, to, from, {
      me: me.id,
      pull: pulls.find(({ number }) => number === task.pull_request),
    });
    const acts =
      wish.do !== 'refuse' && wish.do !== 'nothing' && wish.do !== 'assign' && wish.do !== 'request_changes';
    if (acts) setMoved((before) => new Map(before).set(task.id, to));
    void perform(task, wish).finally(() =>
      setMoved((before) => new Map([...before].filter(([id]) => id !== task.id))),
    );
  };
  const shown = (column: Column<TaskView>, all: readonly Column<TaskView>[]): Column<TaskView> => {
    if (moved.size === 0) return column;
    const stays = column.cards.filter(({ task }) => (moved.get(task.id) ?? column.shape) === column.shape);
    const comes = all
      .filter(({ shape }) => shape !== column.shape)
      .flatMap(({ cards }) => cards.filter(({ task }) => moved.get(task.id) === column.shape));
    return { ...column, cards: [...comes, ...stays] };
  };
  const close = () => setAsking(null);
  const dialog =
    asking &&
    (asking.what === 'assign' ? (
      <AssignDialog task={asking.task} onClose={close} />
    ) : (
      <ChangesDialog task={asking.task} onClose={close} />
    ));
  return { move, shown, dialog };
}
