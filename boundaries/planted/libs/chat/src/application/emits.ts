// plants: no-transport-in-libs
import { thing } from 'socket.io';

export const used = thing;
