// plants: persistence-never-sees-application
import { thing } from '../application/use-case.js';

export const used = thing;
