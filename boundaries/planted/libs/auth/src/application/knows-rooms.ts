// plants: edges-of-auth
import { thing } from '@clawtank/rooms';

export const used = thing;
