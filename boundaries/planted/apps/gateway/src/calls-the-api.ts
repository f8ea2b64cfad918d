// plants: apps-stand-alone
import { thing } from '@clawtank/api';

export const used = thing;
