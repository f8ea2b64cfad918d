// plants: edges-of-admin
import { thing } from '@clawtank/tasks';

export const used = thing;
