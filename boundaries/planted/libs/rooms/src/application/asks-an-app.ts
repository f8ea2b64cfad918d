// plants: libs-never-see-apps
import { thing } from '@clawtank/api';

export const used = thing;
