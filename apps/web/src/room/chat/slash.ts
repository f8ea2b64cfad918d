import type { PullRequestView, RoomSnapshot } from '@clawtank/contracts';

/** A slash command as the composer offers it. */
export interface SlashHint {
  readonly name: string;
  readonly shape: string;
  readonly says: string;
}

export const SLASHES: readonly SlashHint[] = [
  { name: 'task', shape: '/task [high] title', says: 'Add a task' },
  { name: 'assign', shape: '/assign T-12 @name', says: 'Give a task to an agent or a person' },
  { name: 'approve', shape: '/approve #8', says: 'Approve a pull request' },
  { name: 'merge', shape: '/merge #8', says: 'Merge an approved pull request' },
  { name: 'pause', shape: '/pause @agent', says: 'Pause an agent; without a name hold the whole room' },
  { name: 'resume', shape: '/resume @agent', says: 'Let it go on' },
  { name: 'decide', shape: '/decide text', says: 'Write down a decision that agents read' },
];

/** What a line that begins with a slash asks for. */
export type Wish =
  | { readonly do: 'say' }
  | { readonly do: 'assign'; readonly taskId: string; readonly assigneeId: string }
  | { readonly do: 'approve' | 'merge'; readonly number: number }
  | { readonly do: 'hold'; readonly hold: boolean }
  | { readonly do: 'pause' | 'resume'; readonly agentId: string }
  | { readonly do: 'decide'; readonly text: string }
  | { readonly do: 'nothing'; readonly why: string };

type Facts = Pick<RoomSnapshot, 'tasks' | 'agents' | 'members' | 'pull_requests'>;

const nothing = (why: string): Wish => ({ do: 'nothing', why });

/** Reads a line. What is no command, and `/task`, which the server itself understands, is said as it is. */
export function readSlash(line: string, facts: Facts): Wish {
  const match = /^\/(\w+)(?:\s+([\s\S]*))?$/.exec(line.trim());
  const name = match?.[1]?.toLowerCase();
  const rest = match?.[2]?.trim() ?? '';
  switch (name) {
    case 'assign':
      return assign(rest, facts);
    case 'approve':
    case 'merge':
      return withPull(name, rest, facts.pull_requests);
    case 'pause':
    case 'resume':
      return steer(name, rest, facts);
    case 'decide':
      return rest === '' ? nothing('Say what was decided: /decide text') : { do: 'decide', text: rest };
    default:
      return { do: 'say' };
  }
}

function assign(rest: string, facts: Facts): Wish {
  const [key = '', name = ''] = rest.split(/\s+/);
  const task = facts.tasks.find((one) => one.key.toLowerCase() === key.toLowerCase());
  if (!task) return nothing(key === '' ? 'Which task? /assign T-12 @name' : `There is no task ${key} here.`);
  const assigneeId = somebody(name, facts);
  if (!assigneeId)
    return nothing(name === '' ? 'To whom? /assign T-12 @name' : `Nobody here is called ${name}.`);
  return { do: 'assign', taskId: task.id, assigneeId };
}

const plainName = (name: string): string => name.replace(/^@/, '').toLowerCase();

function anAgent(name: string, { agents }: Facts): string | undefined {
  const wanted = plainName(name);
  return agents.find(
    ({ agent }) => agent.handle.toLowerCase() === wanted || agent.name.toLowerCase() === wanted,
  )?.agent.id;
}

function somebody(name: string, facts: Facts): string | undefined {
  const wanted = plainName(name);
  const person = facts.members.find(({ user }) => user.username.toLowerCase() === wanted);
  return wanted === '' ? undefined : (anAgent(name, facts) ?? person?.user.id);
}

function withPull(name: 'approve' | 'merge', rest: string, pulls: readonly PullRequestView[]): Wish {
  const open = pulls.filter(({ state }) => state === 'open');
  const asked = /^#?(\d+)$/.exec(rest)?.[1];
  if (rest === '' && open.length === 1 && open[0]) return { do: name, number: open[0].number };
  if (!asked) return nothing(`Which pull request? /${name} #8`);
  const number = Number(asked);
  return open.some((pull) => pull.number === number)
    ? { do: name, number }
    : nothing(`There is no open pull request #${number}.`);
}

function steer(name: 'pause' | 'resume', rest: string, facts: Facts): Wish {
  if (rest === '') return { do: 'hold', hold: name === 'pause' };
  const agentId = anAgent(rest, facts);
  return agentId ? { do: name, agentId } : nothing(`No agent here is called ${rest}.`);
}
