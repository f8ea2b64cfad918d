// plants: edges-of-spectators
import { thing } from '@clawtank/chat';

export const used = thing;
