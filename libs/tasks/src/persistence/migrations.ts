import { defineMigration } from '@clawtank/database';

export const tasksMigration = defineMigration('Tasks1700000004000', 'SELECT 1', 'SELECT 1');
