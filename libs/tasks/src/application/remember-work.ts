import type { Tx } from '@clawtank/database';
import { insertPastWork } from '../persistence/past-work.js';
import { findTask } from '../persistence/task-rows.js';

const MAX_TEXT = 400;
const MAX_FILES = 50;

/** Keeps what a commit touched, with its first line and its task's title: later tasks on the same are led there. */
export async function rememberWork(
  tx: Tx,
  roomId: string,
  commit: {
    readonly sha: string;
    readonly message: string;
    readonly files: readonly string[];
    readonly taskId: string | null;
  },
): Promise<void> {
  if (commit.files.length === 0 || commit.files.length > MAX_FILES) return;
  const title = commit.taskId === null ? '' : ((await findTask(tx, commit.taskId))?.title ?? '');
  const subject = commit.message.trimStart().split('\n', 1)[0] ?? '';
  const text = `${subject} ${title}`.trim().slice(0, MAX_TEXT);
  await insertPastWork(tx, roomId, { sha: commit.sha, text, files: commit.files });
}
