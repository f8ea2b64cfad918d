import type { EventMap } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { maskSecrets } from '@clawtank/kernel';
import { rememberWork } from '@clawtank/tasks';
import type { CommitRecord } from '../domain/git-objects.js';
import { branchOf } from '../domain/ref-names.js';
import { revertedBefore } from '../domain/reverts.js';
import { type KnownCommit, saveCommit } from '../persistence/commits.js';
import type { MoveSource } from '../persistence/intents.js';
import { mergedWorkOf } from '../persistence/pull-requests.js';

const MAX_EVENT_FILES = 200;
const MAX_EVENT_MESSAGE = 4_000;

interface Brought {
  readonly ref: string;
  readonly isDefault: boolean;
  /** Oldest first. */
  readonly commits: readonly CommitRecord[];
}

/**
 * Records the commits that a move brought, and announces those that were not seen before. What they take back of
 * merged work once they are on the default branch is told with the newest of them.
 */
export async function recordCommits(
  tx: LogTx,
  roomId: string,
  { ref, isDefault, commits: brought }: Brought,
  source: MoveSource,
): Promise<void> {
  const branch = branchOf(ref);
  if (branch === undefined) return;
  // They are there already, in git: what cannot be refused any more is at least not repeated.
  const commits = brought.map((commit) => ({ ...commit, message: maskSecrets(commit.message) }));
  const fresh: CommitRecord[] = [];
  for (const commit of commits) {
    if (!(await saveCommit(tx, roomId, factsOf(commit, branch, source)))) continue;
    const files = commit.files.map(({ path }) => path);
    await rememberWork(tx, roomId, { ...commit, files, taskId: source.taskId });
    fresh.push(commit);
  }
  const reverts = isDefault ? await mergedWorkOf(tx, roomId, revertedBefore(commits)) : [];
  const teller = reverts.length > 0 ? (fresh.at(-1) ?? commits.at(-1)) : undefined;
  const told = teller && !fresh.includes(teller) ? [teller] : fresh;
  for (const commit of told) {
    const { committedAt: _, agentId, taskId, authorName, ...facts } = factsOf(commit, branch, source);
    const data: EventMap['git.commit'] = {
      ...facts,
      task_id: taskId,
      agent_id: agentId,
      author_name: authorName,
      author_email: commit.authorEmail,
      ...(commit === teller ? { reverts } : {}),
    };
    tx.appendToRoom(roomId, { type: 'git.commit', actor: source.actor, data });
  }
}

function factsOf(commit: CommitRecord, branch: string, { actor, taskId }: MoveSource): KnownCommit {
  const { sha, additions, deletions, author: authorName, committedAt } = commit;
  return {
    sha,
    branch,
    message: commit.message.slice(0, MAX_EVENT_MESSAGE),
    files: commit.files.map(({ path }) => path).slice(0, MAX_EVENT_FILES),
    additions,
    deletions,
    authorName,
    agentId: actor.kind === 'agent' ? actor.id : null,
    taskId,
    committedAt,
  };
}
