// plants: only-declared-packages
import { thing } from 'undeclared';

export const used = thing;
