import { thing } from '@clawtank/agent-sdk';

export const used = thing;
