// plants: front-door-only
import { thing } from '../../../rooms/src/application/inner.js';

export const used = thing;
