import { thing } from 'fastify';

export const used = thing;
