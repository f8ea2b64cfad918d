// plants: composition-is-for-apps
import { thing } from '@clawtank/http';

export const used = thing;
