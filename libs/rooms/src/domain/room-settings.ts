import type { RoomSettings } from '@clawtank/contracts';
import { CLAIM_LEASE_MS, COMPLETED_ARCHIVE_MS, LIMITS, PAUSED_ARCHIVE_MS } from '@clawtank/contracts';

const MINUTE_MS = 60_000;

export const DEFAULT_SETTINGS: RoomSettings = {
  paused_archive_minutes: PAUSED_ARCHIVE_MS / MINUTE_MS,
  completed_archive_minutes: COMPLETED_ARCHIVE_MS / MINUTE_MS,
  claim_lease_seconds: CLAIM_LEASE_MS / 1_000,
  max_members: LIMITS.ROOM_MEMBERS,
  max_agents: LIMITS.ROOM_AGENTS,
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
};

/** A room keeps only what was set, so that a setting added later has its default in every room. */
export const withDefaults = (settings: Partial<RoomSettings>): RoomSettings => ({
  ...DEFAULT_SETTINGS,
  ...settings,
});

/** Those of `wanted` that differ from what is in force. */
export function changedSettings(present: RoomSettings, wanted: Partial<RoomSettings>): Partial<RoomSettings> {
  const keys = Object.keys(DEFAULT_SETTINGS) as (keyof RoomSettings)[];
  const changed = keys.filter((key) => (wanted[key] ?? present[key]) !== present[key]);
  return Object.fromEntries(changed.map((key) => [key, wanted[key]]));
}
