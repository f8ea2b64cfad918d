import { adminMigration } from '@clawtank/admin';
import { AuthConfig, authMigrations, SignInConfig } from '@clawtank/auth';
import { chatMigrations } from '@clawtank/chat';
import { commandsMigration } from '@clawtank/commands';
import type { ConfigClass } from '@clawtank/config';
import { DatabaseConfig, type MigrationClass } from '@clawtank/database';
import { BusConfig, logMigrations } from '@clawtank/events';
import {
  GitConfig,
  hostConnectionsMigration,
  HostsConfig,
  gitCollisionsMigration,
  gitMigration,
  connectionsMigration,
  hookWorkMigration,
  hostedPullsMigration,
  mergeQueueMigration,
  refusalsMigration,
  webhookInboxMigration,
  webhookWorkMigration,
} from '@clawtank/git';
import { LimitsConfig } from '@clawtank/limits';
import { notificationsMigrations, PushConfig } from '@clawtank/notifications';
import { reputationMigrations } from '@clawtank/reputation';
import { RoomsConfig, roomsMigrations } from '@clawtank/rooms';
import { tasksMigrations } from '@clawtank/tasks';

/** The schema of all libs; their names carry the order. */
export const MIGRATIONS: readonly MigrationClass[] = [
  ...logMigrations,
  commandsMigration,
  ...authMigrations,
  ...roomsMigrations,
  ...tasksMigrations,
  ...chatMigrations,
  gitMigration,
  gitCollisionsMigration,
  mergeQueueMigration,
  refusalsMigration,
  webhookInboxMigration,
  webhookWorkMigration,
  hostConnectionsMigration,
  hostedPullsMigration,
  hookWorkMigration,
  connectionsMigration,
  ...reputationMigrations,
  ...notificationsMigrations,
  adminMigration,
];

/** Everything that can be set, checked together at boot. */
export const CONFIGS: readonly ConfigClass[] = [
  DatabaseConfig,
  BusConfig,
  LimitsConfig,
  AuthConfig,
  SignInConfig,
  RoomsConfig,
  GitConfig,
  HostsConfig,
  PushConfig,
];
