import { thing } from 'typeorm';
import { used } from '../domain/may-claim.js';

export const row = [thing, used];
