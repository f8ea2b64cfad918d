// plants: edges-of-chat
import { thing } from '@clawtank/git';

export const used = thing;
