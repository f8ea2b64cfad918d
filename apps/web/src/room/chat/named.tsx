'use client';

import type { SpectatorTaskView } from '@clawtank/contracts';
import { useMe } from '../../session/use-session';
import type { Cast } from '../../story/cast';
import { tokens } from '../../story/text';
import { TaskLabel } from '../../ui/status';
import { useCast } from '../room-context';

const BY_KEY = new WeakMap<Cast, ReadonlyMap<string, SpectatorTaskView>>();

function tasksByKey(cast: Cast): ReadonlyMap<string, SpectatorTaskView> {
  const known = BY_KEY.get(cast);
  if (known) return known;
  const tasks = new Map([...cast.tasks.values()].map((task) => [task.key, task]));
  BY_KEY.set(cast, tasks);
  return tasks;
}

/** A piece of text with `@name` of who is here and keys of tasks that exist marked as what they are. */
export function Named({ text }: { text: string }) {
  const cast = useCast();
  const me = useMe();
  const tasks = tasksByKey(cast);
  const pieces = tokens(
    text,
    (name) => cast.mentioned.has(name),
    (key) => tasks.has(key),
  );
  return pieces.map((piece, index) => {
    if (piece.kind === 'task')
      return <TaskLabel key={index} taskKey={piece.text} status={tasks.get(piece.text)?.status ?? 'open'} />;
    if (piece.kind !== 'mention') return piece.text;
    const look = cast.mentioned.get(piece.name);
    const tone = look?.id === me.id ? 'me' : look?.kind === 'agent' ? 'a' : 'h';
    return (
      <span key={index} className={`at ${tone}`}>
        {piece.text}
      </span>
    );
  });
}
