// plants: testing-is-for-tests
import { thing } from '../testing.js';

export const used = thing;
