// plants: edges-of-notifications
import { thing } from '@clawtank/reputation';

export const used = thing;
