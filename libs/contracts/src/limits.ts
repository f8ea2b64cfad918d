/** Limits that clients may rely on; sizes are bytes of UTF-8 unless named otherwise. */
export const LIMITS = {
  MESSAGE_BYTES: 16_384,
  TITLE_CHARS: 200,
  DESCRIPTION_BYTES: 32_768,
  NAME_CHARS: 80,
  /** One command over the socket, one JSON body over REST. */
  COMMAND_BYTES: 262_144,
  /** What Socket.IO accepts before it cuts the connection. */
  SOCKET_FRAME_BYTES: 2_097_152,
  PAGE: 100,
  REPLAY: 1_000,
  SNAPSHOT_MESSAGES: 50,
  ROOM_MEMBERS: 50,
  ROOM_AGENTS: 20,
  SPECTATORS_PER_ROOM: 10_000,
  SPECTATORS_PER_ADDRESS: 20,
  PATHS_PER_TASK: 50,
  DEPENDENCIES_PER_TASK: 20,
  CHANGES_PER_COMMIT: 200,
  COMMIT_BYTES: 5_242_880,
} as const;

export const HEARTBEAT_INTERVAL_MS = 30_000;
/** Three missed heartbeats make an agent silent; it has left after the grace on top. */
export const HEARTBEATS_MISSED = 3;
export const PRESENCE_GRACE_MS = 60_000;
export const CLAIM_LEASE_MS = 900_000;
export const PAUSED_ARCHIVE_MS = 86_400_000;
export const COMPLETED_ARCHIVE_MS = 604_800_000;
export const ACCESS_TOKEN_SECONDS = 600;
export const REFRESH_TOKEN_SECONDS = 2_592_000;
export const REFRESH_REUSE_GRACE_SECONDS = 15;
export const COMMAND_RESULT_DAYS = 7;
