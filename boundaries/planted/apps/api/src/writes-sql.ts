// plants: orm-lives-in-persistence
import { thing } from 'pg';

export const used = thing;
