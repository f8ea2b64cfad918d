interface Said {
  readonly status: string;
  readonly taskId: string | null;
  readonly detail: string | null;
  readonly progress: number | null;
}

/** `event`: it belongs to the log; `signal`: only how far it has come, which nobody replays; `none`: said before. */
export type StatusNews = 'event' | 'signal' | 'none';

/** What is new in what an agent says of itself. */
export function newsOf(before: Said, now: Said): StatusNews {
  const same = before.status === now.status && before.taskId === now.taskId && before.detail === now.detail;
  if (!same) return 'event';
  return before.progress === now.progress || now.progress === null ? 'none' : 'signal';
}
