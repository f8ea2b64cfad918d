import { attemptsMigration } from './attempts-migration.js';
import { budgetsMigration } from './budgets-migration.js';
import { captureMigration } from './capture-migration.js';
import { matchingMigration } from './matching-migration.js';
import { sourcesMigration } from './sources-migration.js';
import { tasksBesideMigration, tasksMigration, tasksPathsMigration } from './migrations.js';

/** The schema of tasks, in the order in which it came about. */
export const tasksMigrations = [
  tasksMigration,
  tasksBesideMigration,
  tasksPathsMigration,
  matchingMigration,
  attemptsMigration,
  captureMigration,
  budgetsMigration,
  sourcesMigration,
] as const;
