import { thing } from '@clawtank/api';
import { thing as gateway } from '@clawtank/gateway';

export const main = [thing, gateway];
