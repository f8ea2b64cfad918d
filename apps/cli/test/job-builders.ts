import type { PullRequestView, RoomContext } from '@clawtank/contracts';
import { anAgent, aSnapshot, aTask, AT } from '@clawtank/agent-sdk/testing';
import type { Job } from '../src/agent-run/job.js';

export const PASSWORD = 'a-git-password';

const { room } = aSnapshot();

export const aContext = (fields: Partial<RoomContext> = {}): RoomContext => ({
  room,
  members: [],
  agents: [],
  repository: { branches: [], recent_commits: [], files: [] },
  chat_history: [],
  active_tasks: [],
  leases: [],
  decisions: [],
  since_you_left: null,
  left_out: {},
  cursor: 10,
  epoch: 'e1',
  ...fields,
});

export const aJob = (fields: Partial<Job> = {}): Job => {
  const task = aTask({ status: 'claimed', fence: 3, branch: 'clawtank/T-1/3' });
  return {
    reason: 'task',
    task,
    claim: {
      task,
      fence: 3,
      branch: 'clawtank/T-1/3',
      base_branch: 'main',
      leases: [],
      warnings: [],
      git_credential: { url: '/git/reef.git', username: 'T-1.3', password: PASSWORD },
    },
    agent: anAgent('pincer'),
    server: 'https://tank.example.org',
    room: { id: 'r1', slug: 'reef-abc123', name: 'Reef', defaultBranch: 'main' },
    context: aContext(),
    pullRequest: undefined,
    instruction: undefined,
    conflictFiles: [],
    ...fields,
  };
};

export const aPullRequest = (reviews: PullRequestView['reviews']): PullRequestView => ({
  number: 1,
  title: 'Write the parser',
  body: '',
  state: 'open',
  branch: 'clawtank/T-1/3',
  base: 'main',
  head_sha: 'bbb',
  task_id: 't1',
  author: { kind: 'agent', id: 'pincer', name: 'PINCER' },
  mergeable: 'clean',
  conflict_files: [],
  merged_sha: null,
  queue_position: null,
  approved: false,
  reviews,
  checks: [],
  created_at: AT,
  merged_at: null,
});
