// plants: edges-of-reputation
import { thing } from '@clawtank/git';

export const used = thing;
