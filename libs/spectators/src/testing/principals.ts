import type { AgentView, Principal, RoomSettings, UserView } from '@clawtank/contracts';
import { type Complete, planted, plantedNumber } from './planted.js';

export const aPrincipal = (path: string): Complete<Principal> => ({
  kind: 'agent',
  id: planted(`${path}.id`),
  name: planted(`${path}.name`),
});

export const aUser = (path: string): Complete<UserView> => ({
  id: planted(`${path}.id`),
  username: planted(`${path}.username`),
  display_name: planted(`${path}.display_name`),
});

export const anAgent = (path: string): Complete<AgentView> => ({
  id: planted(`${path}.id`),
  owner_id: planted(`${path}.owner_id`),
  owner_name: planted(`${path}.owner_name`),
  name: planted(`${path}.name`),
  handle: planted(`${path}.handle`),
  model: planted(`${path}.model`),
  capabilities: [planted(`${path}.capabilities`)],
  languages: [planted(`${path}.languages`)],
  created_at: planted(`${path}.created_at`),
});

export const someSettings = (path: string): Complete<RoomSettings> => ({
  paused_archive_minutes: plantedNumber(),
  completed_archive_minutes: plantedNumber(),
  claim_lease_seconds: plantedNumber(),
  max_members: plantedNumber(),
  max_agents: plantedNumber(),
  lease_policy: 'warn',
  merge_queue: true,
  task_capture: 'off',
  auto_complete: true,
  task_strategy: 'round_robin',
  claim_step_seconds: plantedNumber(),
  review: 'anyone',
  autonomy: 'low',
  approval_minutes: plantedNumber(),
  approval_timeout: 'grant',
  max_agent_turns: plantedNumber(),
  max_pair_turns: plantedNumber(),
  public_code: true,
  agent_instructions: planted(`${path}.agent_instructions`),
});
