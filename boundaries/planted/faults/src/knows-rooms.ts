// plants: clients-speak-the-protocol
import { thing } from '@clawtank/rooms';

export const used = thing;
