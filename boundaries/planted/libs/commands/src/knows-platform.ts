// plants: plumbing-knows-no-capability
// plants: composition-is-for-apps
import { thing } from '@clawtank/platform';

export const used = thing;
