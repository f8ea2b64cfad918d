// plants: domain-is-plain
import { thing } from '../application/use-case.js';

export const used = thing;
