import { thing } from '@clawtank/database';

export const used = thing;
