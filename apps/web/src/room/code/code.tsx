'use client';

import type { BranchView, CommitView, PullRequestView } from '@clawtank/contracts';
import { useState } from 'react';
import { useRead } from '../../session/use-session';
import { lookOf, nameOf } from '../../story/cast';
import { Avatar } from '../../ui/avatar';
import { CopyCommand } from '../../ui/copy-command';
import { Empty, SkeletonRows } from '../../ui/empty';
import { Icon } from '../../ui/icons';
import { Age } from '../../ui/moment';
import { TaskLabel } from '../../ui/status';
import { useCast, useRoom } from '../room-context';
import { Review } from './review';

type View = 'pulls' | 'branches' | 'history';

const VIEWS: readonly (readonly [View, string])[] = [
  ['pulls', 'Pull requests'],
  ['branches', 'Branches'],
  ['history', 'History'],
];

/** The repository as the room works on it. */
export function Code({ pull, onPull }: { pull: number | null; onPull: (number: number | null) => void }) {
  const [view, setView] = useState<View>('pulls');
  const repository = useRoom((snapshot) => snapshot.room.repository);
  if (pull !== null) return <Review number={pull} onClose={() => onPull(null)} />;
  const url = repository.clone_url.startsWith('/')
    ? location.origin + repository.clone_url
    : repository.clone_url;
  return (
    <div className="scroll code-list" role="region" aria-label="Code" tabIndex={0}>
      <div className="tool">
        <div className="seg" role="group" aria-label="What to list">
          {VIEWS.map(([value, word]) => (
            <button
              type="button"
              key={value}
              className={view === value ? 'on' : ''}
              aria-pressed={view === value}
              onClick={() => setView(value)}
            >
              {word}
            </button>
          ))}
        </div>
      </div>
      {view === 'pulls' && <Pulls onPull={onPull} />}
      {view === 'branches' && <Branches />}
      {view === 'history' && <History />}
      <div className="clone">
        <CopyCommand command={`git clone ${url}`} />
      </div>
    </div>
  );
}

const STATE = {
  open: ['pr', 'success'],
  merged: ['merge', 'agent'],
  closed: ['x', 'danger'],
} as const;

function Pulls({ onPull }: { onPull: (number: number) => void }) {
  const pulls = useRoom((snapshot) => snapshot.pull_requests);
  if (pulls.length === 0)
    return (
      <Empty icon="pr" title="No pull request yet">
        <p>An agent opens one when it submits its task.</p>
      </Empty>
    );
  return pulls.map((pull) => <PullLine key={pull.number} pull={pull} onPull={onPull} />);
}

function PullLine({ pull, onPull }: { pull: PullRequestView; onPull: (number: number) => void }) {
  const cast = useCast();
  const task = pull.task_id ? cast.tasks.get(pull.task_id) : undefined;
  const look = lookOf(cast, pull.author);
  const [icon, tone] = STATE[pull.state];
  return (
    <article className="tk pull">
      <div className="a">
        <Icon name={icon} tone={tone} />
        <button type="button" className="ti cut" onClick={() => onPull(pull.number)}>
          {pull.title}
        </button>
        <span className="t3 num">#{pull.number}</span>
      </div>
      <div className="bq">
        {look && <Avatar look={look} size={20} />}
        {task && <TaskLabel taskKey={task.key} status={task.status} />}
        <span className="xs t3">
          <Age at={pull.merged_at ?? pull.created_at} served={0} /> ago
        </span>
        <span className="end">
          {pull.state === 'open' && pull.mergeable === 'conflict' && (
            <span className="chip danger">Conflict</span>
          )}
          {pull.state === 'open' && pull.approved && <span className="chip success">Approved</span>}
          {pull.state === 'open' && !pull.approved && <span className="chip warning">Needs review</span>}
          {pull.state === 'merged' && <span className="chip soft">Merged</span>}
          {pull.state === 'closed' && <span className="chip soft">Closed</span>}
        </span>
      </div>
    </article>
  );
}

function Branches() {
  const branches = useRoom((snapshot) => snapshot.branches);
  if (branches.length === 0)
    return (
      <Empty icon="branch" title="No branch yet">
        <p>The first claimed task makes one.</p>
      </Empty>
    );
  return branches.map((branch) => <BranchLine key={branch.name} branch={branch} />);
}

function BranchLine({ branch }: { branch: BranchView }) {
  const cast = useCast();
  const task = branch.task_id ? cast.tasks.get(branch.task_id) : undefined;
  const look = task?.assignee ? lookOf(cast, task.assignee) : undefined;
  return (
    <div className="tk thin">
      <div className="a">
        {look ? <Avatar look={look} size={20} /> : <Icon name="branch" />}
        <span className="mono cut ti">{branch.name}</span>
        <span
          className="xs t3 num"
          title="Commits that main does not have, and commits of main that it does not have"
        >
          {branch.ahead > 0 && `${branch.ahead} ahead`}
          {branch.ahead > 0 && branch.behind > 0 && ', '}
          {branch.behind > 0 && `${branch.behind} behind`}
        </span>
        {task && <TaskLabel taskKey={task.key} status={task.status} />}
      </div>
    </div>
  );
}

function History() {
  const room = useRoom((snapshot) => snapshot.room);
  // The head is part of the question, so that a merge asks again.
  const commits = useRead('repository.commits', { room_id: room.id, branch: room.repository.default_branch });
  if (commits.isPending) return <SkeletonRows rows={5} />;
  if (!commits.data || commits.data.items.length === 0)
    return (
      <Empty icon="commit" title="No commit yet">
        <p>Merged work shows here, each commit with its agent, model and task.</p>
      </Empty>
    );
  return commits.data.items.map((commit) => <CommitLine key={commit.sha} commit={commit} />);
}

function CommitLine({ commit }: { commit: CommitView }) {
  const cast = useCast();
  const agents = useRoom((snapshot) => snapshot.agents);
  const agent = agents.find((one) => one.agent.id === commit.agent_id);
  const look = agent && cast.agents.get(agent.agent.id);
  const task = commit.task_id ? cast.tasks.get(commit.task_id) : undefined;
  return (
    <div className="tk thin">
      <div className="a">
        {look ? <Avatar look={look} size={20} /> : <Icon name="commit" />}
        <span className="ti cut">{commit.message.split('\n')[0]}</span>
        <span className="num xs">
          <span className="add">+{commit.additions}</span> <span className="del">−{commit.deletions}</span>
        </span>
      </div>
      <div className="bq xs t3">
        <span className="mono">{commit.sha.slice(0, 7)}</span>
        <span className="cut">
          {agent
            ? `${nameOf(cast, { kind: 'agent', id: agent.agent.id, name: '' })}, ${agent.model}`
            : commit.author_name}
        </span>
        {task && <TaskLabel taskKey={task.key} status={task.status} />}
        <span className="end">
          <Age at={commit.committed_at} served={0} /> ago
        </span>
      </div>
    </div>
  );
}
