import type { PublicRoomView, RoomSnapshot, SpectatorSnapshot } from '@clawtank/contracts';
import { applyForm, type Form, SHOW } from './form.js';
import { AGENT, MESSAGE, PRINCIPAL, USER } from './shared-forms.js';

/** A stranger's snapshot, as the allow-list of what it holds. */
export const SPECTATOR_SNAPSHOT = {
  room: {
    id: SHOW,
    slug: SHOW,
    name: SHOW,
    description: SHOW,
    state: SHOW,
    hold: SHOW,
    host_name: SHOW,
    members: SHOW,
    agents: SHOW,
    tasks_open: SHOW,
    tasks_complete: SHOW,
    spectators: SHOW,
    last_event_at: SHOW,
    created_at: SHOW,
    completed_at: SHOW,
    pulse: [SHOW],
  },
  members: [{ user: USER, role: SHOW }],
  agents: [
    {
      agent: AGENT,
      connected: SHOW,
      status: SHOW,
      task_id: SHOW,
      progress: SHOW,
      capabilities: [SHOW],
      last_seen_at: SHOW,
    },
  ],
  tasks: [
    {
      id: SHOW,
      key: SHOW,
      title: SHOW,
      description: SHOW,
      status: SHOW,
      priority: SHOW,
      size: SHOW,
      capabilities: [SHOW],
      parent_id: SHOW,
      depends_on: [SHOW],
      assignee: PRINCIPAL,
      branch: SHOW,
      progress: SHOW,
      pull_request: SHOW,
    },
  ],
  messages: [MESSAGE],
  leases: [{ task_id: SHOW, task_key: SHOW, pattern: SHOW, holder: PRINCIPAL }],
  pull_requests: [{ number: SHOW, title: SHOW, state: SHOW, branch: SHOW, task_id: SHOW, approved: SHOW }],
  conflicts: [
    {
      id: SHOW,
      state: SHOW,
      files: [SHOW],
      task_ids: [SHOW],
      branches: [SHOW],
      resolution_task_id: SHOW,
      created_at: SHOW,
      resolved_at: SHOW,
    },
  ],
  xp: [{ subject: PRINCIPAL, total: SHOW, level: SHOW }],
  decisions: [{ id: SHOW, text: SHOW, created_at: SHOW }],
  cursor: SHOW,
  epoch: SHOW,
} as const satisfies Form<SpectatorSnapshot>;

/** A room at one `seq` as strangers may see it; `room` is its entry in the public directory. */
export function toSpectatorSnapshot(snapshot: RoomSnapshot, room: PublicRoomView): SpectatorSnapshot {
  return applyForm<SpectatorSnapshot>(SPECTATOR_SNAPSHOT, { ...snapshot, room });
}
