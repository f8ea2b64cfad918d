// plants: clients-speak-the-protocol
import { thing } from '@clawtank/platform';

export const used = thing;
