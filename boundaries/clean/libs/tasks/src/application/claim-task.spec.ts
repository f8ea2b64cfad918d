import { thing } from '@clawtank/rooms/testing';
import { thing as pg } from 'pg';
import { claim } from './claim-task.js';

export const tested = [thing, pg, claim];
