import { minus, plus } from '../time/format';
import { type Cast, nameOf } from './cast';
import type { Told } from './log';
import { aside, code, listed, type Part, plain, type Sentence, say, strong } from './sentence';
import { bare } from './title';

type GitEvent = Extract<
  Told,
  { type: 'git.branch' | 'git.commit' | 'git.tag' | 'git.pull_request' | 'git.checks' | 'git.conflict' }
>;
/** What a branch adds and removes, where the log holds all its commits. */
export type LineCount = (
  branch: string,
) => { readonly additions: number; readonly deletions: number } | undefined;

/** `+212 −48`, or nothing where the figures are unknown or, as of a merge, none. */
function lineParts(lines: ReturnType<LineCount>): readonly Part[] {
  if (!lines || lines.additions + lines.deletions === 0) return [];
  return [
    { text: ` ${plus(lines.additions)}`, as: 'add' },
    { text: ` ${minus(lines.deletions)}`, as: 'del' },
  ];
}

export function gitSentence(event: GitEvent, cast: Cast, lines: LineCount): Sentence | null {
  switch (event.type) {
    case 'git.branch':
      return branchSentence(event);
    case 'git.commit': {
      const agent = event.data.agent_id ? cast.agents.get(event.data.agent_id)?.name : undefined;
      const message = event.data.message.split('\n')[0] ?? '';
      const parts = [strong(agent ?? event.data.author_name), plain(` committed ${message}`)];
      return say('commit', [...parts, ...lineParts(event.data)], aside);
    }
    case 'git.tag':
      return say('flag', [plain('Tagged '), code(event.data.tag)]);
    case 'git.checks':
      return checksSentence(event);
    case 'git.pull_request':
      return pullRequestSentence(event, cast, lines);
    case 'git.conflict':
      return conflictSentence(event, cast);
  }
}

function branchSentence({ data }: Extract<GitEvent, { type: 'git.branch' }>): Sentence | null {
  if (data.action === 'created') return say('branch', [plain('New branch '), code(data.branch)], aside);
  if (data.action === 'deleted')
    return say('branch', [plain('Branch '), code(data.branch), plain(' is gone')], aside);
  if (data.action === 'forced') return say('branch', [code(data.branch), plain(' was rewritten')], aside);
  return null;
}

function checksSentence({ data }: Extract<GitEvent, { type: 'git.checks' }>): Sentence | null {
  if (data.state === 'pending') return null;
  const passed = data.state === 'success';
  return say(passed ? 'check' : 'x', [strong(data.context), plain(passed ? ' passed' : ' failed')], {
    main: false,
    tone: passed ? 'success' : 'danger',
  });
}

function pullRequestSentence(
  event: Extract<GitEvent, { type: 'git.pull_request' }>,
  cast: Cast,
  lines: LineCount,
): Sentence | null {
  const who = strong(nameOf(cast, event.actor));
  const { action, branch } = event.data;
  const title = bare(event.data.title);
  if (action === 'opened') return say('pr', [who, plain(' opened '), strong(title)]);
  if (action === 'closed')
    return say('pr', [who, plain(' closed '), strong(title), plain(' without merging')]);
  if (action === 'queued') return say('pr', [strong(title), plain(' waits to be merged')], aside);
  if (action === 'dequeued')
    return say('x', [strong(title), plain(` left the merge queue. ${event.data.reason ?? ''}`)], {
      tone: 'danger',
    });
  if (action !== 'merged') return null;
  return say('merge', [who, plain(' merged '), strong(title), ...lineParts(lines(branch))], {
    tone: 'success',
  });
}

/** Whom a conflict concerns, by task key, or by branch where there is no task. */
export function partiesOf(
  conflict: { readonly task_ids: readonly string[]; readonly branches: readonly string[] },
  cast: Cast,
): string {
  const keys = conflict.task_ids.flatMap((id) => cast.tasks.get(id)?.key ?? []);
  return listed(
    keys.length > 1 ? keys : [...keys, ...conflict.branches.filter((name) => !name.includes('/T-'))],
  );
}

function conflictSentence({ data }: Extract<GitEvent, { type: 'git.conflict' }>, cast: Cast): Sentence {
  const parties = plain(partiesOf(data, cast) || 'Two branches');
  const files = code(listed(data.files));
  if (data.state === 'predicted')
    return say('conflict', [parties, plain(' will meet in '), files], { tone: 'danger' });
  if (data.state === 'detected')
    return say('conflict', [parties, plain(' conflict in '), files], { tone: 'danger' });
  return say('check', [parties, plain(' no longer conflict in '), files], { tone: 'success' });
}
