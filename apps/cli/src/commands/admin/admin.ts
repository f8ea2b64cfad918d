import type { Command } from 'commander';
import type { Start } from '../../start.js';
import { addActs } from './acts.js';
import { addLists } from './lists.js';
import { addOperations } from './operations.js';

/** For who administers the server; to anybody else the server has none of it. */
export function addAdmin(program: Command, start: Start): void {
  const admin = program.command('admin').description('administer the server');
  addLists(admin, start);
  addActs(admin, start);
  addOperations(admin, start);
}
