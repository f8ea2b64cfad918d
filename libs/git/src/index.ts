export { GitRoomFinisher } from './application/finish-room.js';
export { GitEvents } from './application/git-events.js';
export { GitJobs } from './application/git-jobs.js';
export { GitSweep } from './application/git-sweep.js';
export { HookKeys } from './application/hook-keys.js';
export type { HookSecrets } from './application/hook-keys.js';
export { GitRepositoryContext, GitImportGate, GitSnapshot } from './application/room-parts.js';
export { WebhookInbox } from './application/webhook-inbox.js';
export { GitConfig } from './git.config.js';
export { HostsConfig } from './hosts.config.js';
export { GitModule } from './git.module.js';
export {
  gitCollisionsMigration,
  gitMigration,
  hostedPullsMigration,
  mergeQueueMigration,
  refusalsMigration,
} from './persistence/migrations.js';
export {
  countWaitingDeliveries,
  webhookInboxMigration,
  webhookWorkMigration,
} from './persistence/webhook-inbox.js';
export { connectionsMigration } from './persistence/connections.js';
export { hookWorkMigration } from './persistence/hooks.js';
export type { WebhookDelivery } from './persistence/webhook-inbox.js';
export type { WebhookProvider } from './domain/webhook-provider.js';
export { GitHttp } from './smart-http/git-http.js';
export { hostConnectionsMigration } from './persistence/host-connections.js';
export { RoomHosts } from './application/room-hosts.js';
export { Forge } from './application/forge.js';
