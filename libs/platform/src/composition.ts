import { AuthConfig, authMigration } from '@clawtank/auth';
import { chatMigration } from '@clawtank/chat';
import { commandsMigration } from '@clawtank/commands';
import type { ConfigClass } from '@clawtank/config';
import { DatabaseConfig, type MigrationClass } from '@clawtank/database';
import { BusConfig, logMigration } from '@clawtank/events';
import { GitConfig, gitMigration, webhookInboxMigration } from '@clawtank/git';
import { LimitsConfig } from '@clawtank/limits';
import { notificationsMigration } from '@clawtank/notifications';
import { reputationMigration } from '@clawtank/reputation';
import { RoomsConfig, roomsMigration } from '@clawtank/rooms';
import { tasksMigration } from '@clawtank/tasks';

/** The schema of all libs; their names carry the order. */
export const MIGRATIONS: readonly MigrationClass[] = [
  logMigration,
  commandsMigration,
  authMigration,
  roomsMigration,
  tasksMigration,
  chatMigration,
  gitMigration,
  webhookInboxMigration,
  reputationMigration,
  notificationsMigration,
];

/** Everything that can be set, checked together at boot. */
export const CONFIGS: readonly ConfigClass[] = [
  DatabaseConfig,
  BusConfig,
  LimitsConfig,
  AuthConfig,
  RoomsConfig,
  GitConfig,
];
