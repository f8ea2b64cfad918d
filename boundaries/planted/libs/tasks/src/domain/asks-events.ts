// plants: domain-is-plain
import { thing } from '@clawtank/events';

export const used = thing;
