// plants: contracts-are-plain
import { thing } from 'class-validator';

export const used = thing;
