import type { SpectatorEvent } from '@clawtank/contracts';

/** Where the branches of a repository stood at a moment of its room's log. */
export interface CodeThen {
  /** Null before the first commit. */
  readonly main: { readonly name: string; readonly sha: string } | null;
  /** Branches beside the main one. */
  readonly branches: number;
  /** The last commit that anybody pushed. */
  readonly last: { readonly sha: string; readonly message: string; readonly author: string } | null;
}

/** The code as these events, from the first one on, left it. */
export function codeAfter(events: readonly SpectatorEvent[]): CodeThen {
  const heads = new Map<string, string>();
  // Claims' branches belong to a task; the first that does not is the one that everything goes to.
  let main: string | null = null;
  let last: CodeThen['last'] = null;
  for (const event of events) {
    if ('redacted' in event.data) continue;
    if (event.type === 'git.branch') {
      const { branch, sha, task_id } = event.data;
      if (sha === null) heads.delete(branch);
      else heads.set(branch, sha);
      if (task_id === null) main ??= branch;
    } else if (event.type === 'git.commit') {
      const { sha, message, author_name: author } = event.data;
      last = { sha, message: message.split('\n', 1)[0] ?? '', author };
    }
  }
  const head = main === null ? undefined : heads.get(main);
  const ours = main !== null && head !== undefined ? { name: main, sha: head } : null;
  return { main: ours, branches: heads.size - (ours ? 1 : 0), last };
}
