// plants: tools-use-front-doors
import { thing } from '../../libs/rooms/src/application/inner.js';

export const used = thing;
