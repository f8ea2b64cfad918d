import type {
  MessageView,
  PublicRoomView,
  PullRequestView,
  RoomAgentView,
  RoomSnapshot,
  RoomView,
  TaskView,
} from '@clawtank/contracts';
import { type Complete, planted, plantedNumber } from './planted.js';
import { anAgent, aPrincipal, aUser, someSettings } from './principals.js';

const room: Complete<RoomView> = {
  id: planted('room.id'),
  slug: planted('room.slug'),
  name: planted('room.name'),
  description: planted('room.description'),
  visibility: 'public',
  state: 'active',
  hold: false,
  setup_error: planted('room.setup_error'),
  host: aUser('room.host'),
  repository: {
    host: 'local',
    clone_url: planted('room.repository.clone_url'),
    default_branch: planted('room.repository.default_branch'),
    head_sha: planted('room.repository.head_sha'),
  },
  settings: someSettings('room.settings'),
  created_at: planted('room.created_at'),
  completed_at: planted('room.completed_at'),
  archive_at: planted('room.archive_at'),
};

const roomAgent: Complete<RoomAgentView> = {
  agent: anAgent('agents.agent'),
  connected: true,
  status: 'executing',
  task_id: planted('agents.task_id'),
  progress: plantedNumber(),
  detail: planted('agents.detail'),
  model: planted('agents.model'),
  capabilities: [planted('agents.capabilities')],
  languages: [planted('agents.languages')],
  max_concurrent_tasks: plantedNumber(),
  paused: true,
  last_seen_at: planted('agents.last_seen_at'),
};

const task: Complete<TaskView> = {
  id: planted('tasks.id'),
  room_id: planted('tasks.room_id'),
  key: planted('tasks.key'),
  title: planted('tasks.title'),
  description: planted('tasks.description'),
  status: 'in_progress',
  priority: 'normal',
  size: 'medium',
  capabilities: [planted('tasks.capabilities')],
  languages: [planted('tasks.languages')],
  paths: [planted('tasks.paths')],
  parent_id: planted('tasks.parent_id'),
  depends_on: [planted('tasks.depends_on')],
  assignee: aPrincipal('tasks.assignee'),
  created_by: aPrincipal('tasks.created_by'),
  source_message_id: planted('tasks.source_message_id'),
  fence: plantedNumber(),
  branch: planted('tasks.branch'),
  lease_expires_at: planted('tasks.lease_expires_at'),
  progress: plantedNumber(),
  note: planted('tasks.note'),
  summary: planted('tasks.summary'),
  blocked_by: { kind: 'conflict', files: [planted('tasks.blocked_by.files')] },
  pull_request: plantedNumber(),
  created_at: planted('tasks.created_at'),
  updated_at: planted('tasks.updated_at'),
  completed_at: planted('tasks.completed_at'),
};

const message: Complete<MessageView> = {
  message_id: planted('messages.message_id'),
  seq: plantedNumber(),
  author: aPrincipal('messages.author'),
  text: planted('messages.text'),
  mentions: [aPrincipal('messages.mentions')],
  reply_to: planted('messages.reply_to'),
  origin: 'member',
  created_at: planted('messages.created_at'),
  edited_at: planted('messages.edited_at'),
  deleted: false,
  reactions: [{ emoji: planted('messages.reactions.emoji'), by: [planted('messages.reactions.by')] }],
};

const pullRequest: Complete<PullRequestView> = {
  number: plantedNumber(),
  title: planted('pull_requests.title'),
  body: planted('pull_requests.body'),
  state: 'open',
  branch: planted('pull_requests.branch'),
  base: planted('pull_requests.base'),
  head_sha: planted('pull_requests.head_sha'),
  task_id: planted('pull_requests.task_id'),
  author: aPrincipal('pull_requests.author'),
  mergeable: 'clean',
  conflict_files: [planted('pull_requests.conflict_files')],
  merged_sha: planted('pull_requests.merged_sha'),
  approved: false,
  reviews: [
    {
      id: planted('pull_requests.reviews.id'),
      reviewer: aPrincipal('pull_requests.reviews.reviewer'),
      verdict: 'approve',
      body: planted('pull_requests.reviews.body'),
      sha: planted('pull_requests.reviews.sha'),
      comments: [
        {
          path: planted('pull_requests.reviews.comments.path'),
          line: plantedNumber(),
          body: planted('pull_requests.reviews.comments.body'),
        },
      ],
      created_at: planted('pull_requests.reviews.created_at'),
    },
  ],
  checks: [
    {
      context: planted('pull_requests.checks.context'),
      state: 'success',
      description: planted('pull_requests.checks.description'),
      target_url: planted('pull_requests.checks.target_url'),
    },
  ],
  created_at: planted('pull_requests.created_at'),
  merged_at: planted('pull_requests.merged_at'),
};

/** A room with one of everything and every field filled, each text and number findable. */
export const SAMPLE_SNAPSHOT: Complete<RoomSnapshot> = {
  room,
  members: [{ user: aUser('members.user'), role: 'member', joined_at: planted('members.joined_at') }],
  agents: [roomAgent],
  tasks: [task],
  suggestions: [
    {
      id: planted('suggestions.id'),
      room_id: planted('suggestions.room_id'),
      message_id: planted('suggestions.message_id'),
      title: planted('suggestions.title'),
      priority: 'low',
      paths: [planted('suggestions.paths')],
      confidence: plantedNumber(),
      created_at: planted('suggestions.created_at'),
    },
  ],
  messages: [message],
  leases: [
    {
      task_id: planted('leases.task_id'),
      task_key: planted('leases.task_key'),
      pattern: planted('leases.pattern'),
      holder: aPrincipal('leases.holder'),
      source: 'claim',
      expires_at: planted('leases.expires_at'),
    },
  ],
  approvals: [
    {
      approval_id: planted('approvals.approval_id'),
      kind: planted('approvals.kind'),
      task_id: planted('approvals.task_id'),
      requested_by: aPrincipal('approvals.requested_by'),
      state: 'pending',
      created_at: planted('approvals.created_at'),
    },
  ],
  questions: [
    {
      question_id: planted('questions.question_id'),
      agent_id: planted('questions.agent_id'),
      task_id: planted('questions.task_id'),
      text: planted('questions.text'),
      options: [planted('questions.options')],
      answer: planted('questions.answer'),
      created_at: planted('questions.created_at'),
    },
  ],
  branches: [
    {
      name: planted('branches.name'),
      sha: planted('branches.sha'),
      task_id: planted('branches.task_id'),
      ahead: plantedNumber(),
      behind: plantedNumber(),
      updated_at: planted('branches.updated_at'),
    },
  ],
  pull_requests: [pullRequest],
  conflicts: [
    {
      id: planted('conflicts.id'),
      state: 'predicted',
      files: [planted('conflicts.files')],
      task_ids: [planted('conflicts.task_ids')],
      branches: [planted('conflicts.branches')],
      created_at: planted('conflicts.created_at'),
      resolved_at: planted('conflicts.resolved_at'),
    },
  ],
  xp: [{ subject: aPrincipal('xp.subject'), total: plantedNumber(), level: plantedNumber() }],
  decisions: [
    {
      id: planted('decisions.id'),
      text: planted('decisions.text'),
      by: aPrincipal('decisions.by'),
      created_at: planted('decisions.created_at'),
    },
  ],
  cursor: plantedNumber(),
  epoch: planted('epoch'),
};

/** The same room in the public directory. */
export const SAMPLE_PUBLIC_ROOM: Complete<PublicRoomView> = {
  id: planted('public.id'),
  slug: planted('public.slug'),
  name: planted('public.name'),
  description: planted('public.description'),
  state: 'active',
  hold: false,
  host_name: planted('public.host_name'),
  members: plantedNumber(),
  agents: plantedNumber(),
  tasks_open: plantedNumber(),
  tasks_complete: plantedNumber(),
  spectators: plantedNumber(),
  last_event_at: planted('public.last_event_at'),
  created_at: planted('public.created_at'),
  completed_at: planted('public.completed_at'),
  pulse: [plantedNumber()],
};
