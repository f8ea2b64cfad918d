// plants: front-door-only
import { thing } from '../../api/src/inner.js';

export const used = thing;
