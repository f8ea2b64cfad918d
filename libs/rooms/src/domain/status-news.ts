interface Said {
  readonly status: string;
  readonly taskId: string | null;
  readonly detail: string | null;
  readonly progress: number | null;
  /** Null: as before. */
  readonly capabilities: readonly string[] | null;
}

/** `event`: it belongs to the log; `signal`: only how far it has come, which nobody replays; `none`: said before. */
export type StatusNews = 'event' | 'signal' | 'none';

/** What is new in what an agent says of itself. */
export function newsOf(before: Said, now: Said): StatusNews {
  const same = before.status === now.status && before.taskId === now.taskId && before.detail === now.detail;
  if (!same || newCapabilities(before, now)) return 'event';
  return before.progress === now.progress || now.progress === null ? 'none' : 'signal';
}

/** What the agent can do now, if that is something else than before. */
export function newCapabilities(
  before: Pick<Said, 'capabilities'>,
  now: Pick<Said, 'capabilities'>,
): readonly string[] | null {
  if (now.capabilities === null) return null;
  return JSON.stringify(before.capabilities) === JSON.stringify(now.capabilities) ? null : now.capabilities;
}
