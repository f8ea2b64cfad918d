// plants: plumbing-knows-no-capability
import { thing } from '@clawtank/chat';

export const used = thing;
