// plants: no-unresolved
import { thing } from '@clawtank/never-made';

export const used = thing;
