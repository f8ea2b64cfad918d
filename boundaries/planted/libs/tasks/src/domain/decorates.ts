// plants: domain-is-plain
import { thing } from 'class-validator';

export const used = thing;
