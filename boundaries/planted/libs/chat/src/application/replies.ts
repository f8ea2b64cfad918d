// plants: no-transport-in-libs
import { thing } from 'fastify';

export const used = thing;
