// plants: contracts-are-plain
import { thing } from '@clawtank/kernel';

export const used = thing;
