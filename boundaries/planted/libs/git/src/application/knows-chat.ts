// plants: edges-of-git
import { thing } from '@clawtank/chat';

export const used = thing;
