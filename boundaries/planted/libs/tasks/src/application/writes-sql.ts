// plants: orm-lives-in-persistence
import { thing } from 'typeorm';

export const used = thing;
