import { thing } from '@clawtank/platform';
import { thing as fastify } from 'fastify';

export const main = [thing, fastify];
