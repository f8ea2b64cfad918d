import { thing } from '@clawtank/rooms';
import { used } from '../domain/may-claim.js';
import { row } from '../persistence/task-row.js';

export const claim = [thing, used, row];
