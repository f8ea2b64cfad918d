// plants: foundation-stands-alone
import { thing } from '@clawtank/rooms';

export const used = thing;
