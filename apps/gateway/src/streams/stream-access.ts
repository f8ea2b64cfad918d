import type { Caller } from '@clawtank/commands';
import { Access, type Viewer } from './access-policy.js';

/** Access to a room's stream. @param checkedAt head when access was checked */
export type Continues = (checkedAt: number) => Access;

/** What a caller is in a room whose access was just checked. */
export const viewerOf = (caller: Caller | null, standing: Viewer['standing']): Viewer => ({
  userId: caller?.userId ?? null,
  agentId: caller?.kind === 'agent' ? caller.id : null,
  standing,
});

/** Reads on for as long as the room lets this viewer. */
export const whileAllowed =
  (viewer: Viewer): Continues =>
  (checkedAt) =>
    new Access(viewer, checkedAt);
