import type { Caller } from '@clawtank/commands';
import { fail } from '../domain/failures.js';

/** @throws room.people_only for an agent */
export function requirePerson(caller: Caller): void {
  if (caller.kind !== 'human') throw fail('room.people_only', {});
}
