import { isWhole, type WholeEvent, type WholeSpectatorEvent } from '@clawtank/agent-sdk';
import type { MemberEvent, SpectatorEvent, TaskChange } from '@clawtank/contracts';
import { clock } from './clock.js';
import { oneLine } from './table.js';

/** Names for the ids that events carry. */
export interface Names {
  agent(id: string): string;
  task(id: string): string;
}

/** One line for one event of a room, in its members' or its spectators' form; undefined for what nobody reads. */
export function eventLine(event: MemberEvent | SpectatorEvent, names: Names): string | undefined {
  const what = wholeOf(event) ? describe(event, names) : '(redacted)';
  if (what === undefined) return undefined;
  return `${clock(event.at)} #${event.seq} ${event.actor.name || 'system'}: ${what}`;
}

type Whole = WholeEvent | WholeSpectatorEvent;

const wholeOf = (event: MemberEvent | SpectatorEvent): event is Whole => isWhole(event as MemberEvent);

function describe(event: Whole, names: Names): string | undefined {
  return (
    describeRoom(event) ?? describeAgent(event, names) ?? describeTask(event) ?? describeGit(event, names)
  );
}

function describeRoom(event: Whole): string | undefined {
  switch (event.type) {
    case 'room.created':
      return `opened ${event.data.name}`;
    case 'room.state_changed':
      return `the room is ${event.data.to} (was ${event.data.from})`;
    case 'room.settings_changed':
      return `changed ${Object.keys(event.data).join(', ')}`;
    case 'room.member_joined':
      return `${event.data.user.username} joined as ${event.data.role}`;
    case 'room.member_left':
      return 'a member left';
    case 'room.decision':
      return `decided: ${oneLine(event.data.text)}`;
    case 'chat.message':
      return oneLine(event.data.text, 400);
    case 'chat.edited':
      return `edited: ${oneLine(event.data.text, 400)}`;
    case 'chat.deleted':
      return 'deleted a message';
    case 'reputation.xp':
      return `${event.data.subject.name} +${event.data.amount} XP (${event.data.reason}), ${event.data.total} in all`;
    case 'reputation.level_up':
      return `${event.data.subject.name} reached level ${event.data.level}`;
    default:
      return undefined;
  }
}

function describeAgent(event: Whole, names: Names): string | undefined {
  switch (event.type) {
    case 'agent.joined':
      return `${event.data.agent.name} (${event.data.model}) is here`;
    case 'agent.left':
      return `${names.agent(event.data.agent_id)} left`;
    case 'agent.paused':
      return `${names.agent(event.data.agent_id)} is ${event.data.paused ? 'paused' : 'at work again'}`;
    case 'agent.status': {
      const { status, progress, task_id } = event.data;
      const detail = 'detail' in event.data ? event.data.detail : null;
      const on = task_id ? ` ${names.task(task_id)}` : '';
      const share = progress === null ? '' : ` ${Math.round(progress * 100)} %`;
      return `${names.agent(event.data.agent_id)} ${status}${on}${share}${detail ? `: ${oneLine(detail)}` : ''}`;
    }
    case 'agent.question':
      return `asks: ${oneLine(event.data.text, 400)} [${event.data.question_id}]`;
    case 'agent.answered':
      return `answers: ${oneLine(event.data.answer, 400)}`;
    case 'agent.redirected':
      return `redirects ${names.agent(event.data.agent_id)}: ${oneLine(event.data.instruction)}`;
    default:
      return undefined;
  }
}

interface Changed {
  readonly key: string;
  readonly holder: string;
  readonly share: string;
}

/** Said after the name of whoever did it. */
const CHANGES: Readonly<Record<TaskChange, (task: Changed) => string>> = {
  created: ({ key }) => `made ${key}`,
  edited: ({ key }) => `edited ${key}`,
  assigned: ({ key, holder }) => `gave ${key} to ${holder}`,
  claimed: ({ key }) => `claimed ${key}`,
  started: ({ key }) => `started ${key}`,
  progressed: ({ key, share }) => `has done ${share}${key}`,
  submitted: ({ key }) => `put ${key} up for review`,
  changes_requested: ({ key }) => `asked for changes to ${key}`,
  approved: ({ key }) => `approved ${key}`,
  unclaimed: ({ key }) => `nobody takes ${key}`,
  released: ({ key }) => `let go of ${key}`,
  expired: ({ key }) => `the claim of ${key} ran out`,
  blocked: ({ key }) => `${key} is blocked`,
  unblocked: ({ key }) => `${key} goes on`,
  completed: ({ key, holder }) => `${key} is complete, done by ${holder}`,
  cancelled: ({ key }) => `cancelled ${key}`,
};

function describeTask(event: Whole): string | undefined {
  switch (event.type) {
    case 'task.suggested':
      return `a task may be in this: ${oneLine(event.data.title)}`;
    case 'task.created':
      return `${event.data.key} ${oneLine(event.data.title)}`;
    case 'task.update': {
      const { key, change, assignee, progress } = event.data;
      const share = typeof progress === 'number' ? `${Math.round(progress * 100)} % of ` : 'some of ';
      return CHANGES[change]({ key, holder: assignee?.name ?? 'nobody', share });
    }
    case 'task.lease': {
      const { key, patterns } = event.data;
      const trespass = 'trespass' in event.data ? event.data.trespass : [];
      const into = trespass.map((one) => `${one.pattern} of ${one.key}`).join(', ');
      return `${key} holds ${patterns.join(', ')}${into ? `, and went into ${into}` : ''}`;
    }
    case 'task.declined':
      return `turns ${event.data.key} down${event.data.reason ? `: ${oneLine(event.data.reason)}` : ''}`;
    default:
      return undefined;
  }
}

function describeGit(event: Whole, names: Names): string | undefined {
  switch (event.type) {
    case 'git.branch':
      return `${event.data.branch} ${event.data.action}${event.data.sha ? ` at ${event.data.sha.slice(0, 8)}` : ''}`;
    case 'git.commit': {
      const { sha, branch, message, additions, deletions } = event.data;
      return `${sha.slice(0, 8)} on ${branch}: ${oneLine(message.split('\n')[0] ?? '')}${additions + deletions > 0 ? ` (+${additions} −${deletions})` : ''}`;
    }
    case 'git.tag':
      return `tagged ${event.data.tag}`;
    case 'git.push_refused':
      return `push to ${event.data.ref} for ${event.data.key} refused: ${oneLine(event.data.message)}`;
    case 'git.pull_request': {
      return pullRequestNews(event.data);
    }
    case 'git.checks':
      return `${event.data.context} ${event.data.state} on ${event.data.sha.slice(0, 8)}`;
    case 'git.conflict': {
      const tasks = event.data.task_ids.map((id) => names.task(id)).join(', ');
      return `conflict ${event.data.state} in ${event.data.files.join(', ')}${tasks ? ` (${tasks})` : ''}`;
    }
    default:
      return undefined;
  }
}

type PullRequestTold = Extract<Whole, { type: 'git.pull_request' }>['data'];

const MERGES = {
  clean: 'merges cleanly',
  conflict: 'does not merge any more',
  unknown: 'is looked at again',
} as const;

function pullRequestNews({ number, title, action, verdict, mergeable }: PullRequestTold): string {
  const name = `#${number} ${oneLine(title)}`;
  if (action === 'mergeability') return `${name} ${MERGES[mergeable ?? 'unknown']}`;
  if (action === 'updated') return `${name} has new commits`;
  if (action === 'reviewed') return `${verdict === 'approve' ? 'approved' : 'asked for changes to'} ${name}`;
  if (action === 'queued') return `${name} waits to be merged`;
  if (action === 'dequeued') return `${name} left the merge queue`;
  return `${action} ${name}`;
}

interface Named {
  readonly agents: readonly { readonly agent: { readonly id: string; readonly name: string } }[];
  readonly tasks: readonly { readonly id: string; readonly key: string }[];
}

/** Names from a snapshot that goes on with the room. */
export const namesOf = (snapshot: () => Named): Names => ({
  agent: (id) => snapshot().agents.find((one) => one.agent.id === id)?.agent.name ?? 'an agent',
  task: (id) => snapshot().tasks.find((one) => one.id === id)?.key ?? 'a task',
});
