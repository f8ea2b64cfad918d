// plants: sdk-needs-contracts-only
import { thing } from '@clawtank/kernel';

export const used = thing;
