import { createHash } from 'node:crypto';
import { thing } from '@clawtank/kernel';

export const used = [createHash, thing];
