// plants: http-knows-no-capability
import { thing } from '@clawtank/git';

export const used = thing;
