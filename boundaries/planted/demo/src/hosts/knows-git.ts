// plants: stages-need-peers-only
import { thing } from '@clawtank/git';

export const used = thing;
