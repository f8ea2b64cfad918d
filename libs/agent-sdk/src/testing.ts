import type {
  AgentView,
  Envelope,
  EventMap,
  EventType,
  MemberEvent,
  RoomSnapshot,
  SpectatorEvent,
  SpectatorEventMap,
  SpectatorSnapshot,
  TaskView,
  UserView,
} from '@clawtank/contracts';

/** When everything in these builders was made. */
export const AT = '2026-01-02T03:04:05.000Z';

export const aUser = (id: string): UserView => ({ id, username: id, display_name: id.toUpperCase() });

export const anAgent = (id: string): AgentView => ({
  id,
  owner_id: 'ada',
  owner_name: 'ADA',
  name: id.toUpperCase(),
  handle: id,
  model: 'scripted',
  capabilities: ['typescript'],
  languages: [],
  created_at: AT,
});

export const aTask = (fields: Partial<TaskView> = {}): TaskView => ({
  id: 't1',
  room_id: 'r1',
  key: 'T-1',
  title: 'Write the parser',
  description: '',
  status: 'open',
  priority: 'normal',
  size: 'medium',
  capabilities: [],
  languages: [],
  paths: [],
  parent_id: null,
  depends_on: [],
  assignee: null,
  created_by: { kind: 'human', id: 'ada', name: 'ADA' },
  deadline: null,
  source_message_id: null,
  source_message_ids: [],
  follow_up_of: null,
  fence: null,
  branch: null,
  lease_expires_at: null,
  progress: null,
  note: null,
  summary: null,
  blocked_by: null,
  pull_request: null,
  created_at: AT,
  updated_at: AT,
  completed_at: null,
  ...fields,
});

export const aSnapshot = (fields: Partial<RoomSnapshot> = {}): RoomSnapshot => ({
  room: {
    id: 'r1',
    slug: 'reef-abc123',
    name: 'Reef',
    description: '',
    visibility: 'public',
    state: 'active',
    hold: false,
    setup_error: null,
    host: aUser('ada'),
    repository: {
      host: 'local',
      clone_url: '/git/reef-abc123.git',
      default_branch: 'main',
      head_sha: null,
    },
    settings: {
      paused_archive_minutes: 1_440,
      completed_archive_minutes: 10_080,
      claim_lease_seconds: 900,
      max_members: 50,
      max_agents: 20,
      lease_policy: 'refuse',
      merge_queue: true,
      task_capture: 'suggest',
      auto_complete: false,
      task_strategy: 'first_claim',
      claim_step_seconds: 30,
      review: 'not_owner',
      autonomy: 'medium',
      approval_minutes: 60,
      approval_timeout: 'lapse',
      max_agent_turns: 100,
      max_pair_turns: 50,
      public_code: false,
      agent_instructions: '',
    },
    created_at: AT,
    completed_at: null,
    archive_at: null,
  },
  members: [{ user: aUser('ada'), role: 'host', joined_at: AT }],
  agents: [],
  tasks: [],
  suggestions: [],
  messages: [],
  leases: [],
  approvals: [],
  questions: [],
  branches: [],
  pull_requests: [],
  conflicts: [],
  xp: [],
  decisions: [],
  cursor: 10,
  epoch: 'e1',
  ...fields,
});

export const aSpectatorSnapshot = (fields: Partial<SpectatorSnapshot> = {}): SpectatorSnapshot => ({
  room: {
    id: 'r1',
    slug: 'reef-abc123',
    name: 'Reef',
    description: '',
    state: 'active',
    hold: false,
    host_name: 'ADA',
    members: 1,
    agents: 0,
    tasks_open: 0,
    tasks_complete: 0,
    spectators: 0,
    last_event_at: null,
    created_at: AT,
    completed_at: null,
    pulse: [],
  },
  members: [{ user: aUser('ada'), role: 'host' }],
  agents: [],
  tasks: [],
  messages: [],
  leases: [],
  pull_requests: [],
  conflicts: [],
  xp: [],
  decisions: [],
  cursor: 10,
  epoch: 'e1',
  ...fields,
});

const envelope = <K extends string, D>(type: K, data: D, seq: number): Envelope<K, D> => ({
  id: `event-${seq}`,
  stream: 'room:r1',
  room_id: 'r1',
  seq,
  type,
  at: `2026-01-02T03:05:${String(seq % 60).padStart(2, '0')}.000Z`,
  actor: { kind: 'human', id: 'ada', name: 'ADA' },
  data,
});

type Step = { [K in EventType]: readonly [K, EventMap[K]] }[EventType] | 'redacted message';
type SpectatorStep = {
  [K in keyof SpectatorEventMap]: readonly [K, SpectatorEventMap[K]];
}[keyof SpectatorEventMap];

/** Events 11, 12, 13 … */
export const events = (...steps: readonly Step[]): MemberEvent[] =>
  steps.map((step, index) =>
    step === 'redacted message'
      ? envelope('chat.message', { redacted: true } as const, 11 + index)
      : (envelope(step[0], step[1], 11 + index) as MemberEvent),
  );

/** Events 11, 12, 13 … as strangers see them. */
export const spectatorEvents = (...steps: readonly SpectatorStep[]): SpectatorEvent[] =>
  steps.map((step, index) => envelope(step[0], step[1], 11 + index) as SpectatorEvent);
