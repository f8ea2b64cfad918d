import { thing } from '@clawtank/contracts';

export const used = thing;
