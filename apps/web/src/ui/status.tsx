import type { SpectatorRoomAgent, TaskState } from '@clawtank/contracts';
import { AWAY, STATUS, type StatusShape, TASK_WORDS, type TaskShape } from '../story/words';

/** A dot whose shape tells the state, always beside its word. */
export function Dot({ shape, children }: { shape: StatusShape; children: React.ReactNode }) {
  return <span className={`st ${shape}`}>{children}</span>;
}

/** What an agent does: `Testing T-12`. */
export function AgentStatusLine({
  agent,
  taskKey,
}: {
  agent: SpectatorRoomAgent;
  taskKey?: string | undefined;
}) {
  const { shape, word } = agent.connected ? STATUS[agent.status] : AWAY;
  // An agent tests a task, but waits over one.
  const joint = shape === 'waiting' || shape === 'error' ? ',' : '';
  return <Dot shape={shape}>{taskKey && agent.connected ? `${word}${joint} ${taskKey}` : word}</Dot>;
}

/** A pie that fills from open to done. Silent where the word stands beside it. */
export function TaskGlyph({ shape, label }: { shape: TaskShape; label?: string }) {
  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return (
    <span className={`ts ${shape}`} {...named}>
      {shape === 'done' && (
        <svg viewBox="0 0 16 16" fill="none" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
          <path d="M3 8.5 6.5 12 13 4.5" />
        </svg>
      )}
    </span>
  );
}

/** A task's key with its state. */
export function TaskLabel({ taskKey, status }: { taskKey: string; status: TaskState }) {
  const { shape, word } = TASK_WORDS[status];
  return (
    <span className="tl">
      <TaskGlyph shape={shape} label={word} />
      <span className="k">{taskKey}</span>
    </span>
  );
}
