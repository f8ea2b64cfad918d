// plants: edges-of-rooms
import { thing } from '@clawtank/tasks';

export const used = thing;
