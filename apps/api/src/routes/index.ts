import { ADMIN, MODERATION } from './admin.js';
import { AGENTS } from './agents.js';
import { CHAT } from './chat.js';
import { GIT } from './git.js';
import { ME } from './me.js';
import { REPUTATION } from './reputation.js';
import { ROOMS } from './rooms.js';
import type { RouteFamily } from './route.js';
import { TASKS } from './tasks.js';

/** The whole REST surface but `auth/*`; nothing else routes commands or queries. */
export const ROUTE_FAMILIES: readonly RouteFamily[] = [
  ME,
  ROOMS,
  AGENTS,
  CHAT,
  TASKS,
  GIT,
  REPUTATION,
  MODERATION,
  ADMIN,
];

/** The REST twin of each command that only a socket has. */
export const SOCKET_TWINS = {
  'room.join': 'GET rooms/:room_id',
  'room.context': 'GET rooms/:room_id/context',
  'events.replay': 'GET rooms/:room_id/events',
  'stream.resume': 'GET me/events',
  'auth.renew': 'POST auth/refresh',
} as const;
