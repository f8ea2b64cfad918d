// plants: edges-of-tasks
import { thing } from '@clawtank/chat';

export const used = thing;
