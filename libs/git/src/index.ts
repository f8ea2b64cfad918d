export { GitRoomFinisher } from './application/finish-room.js';
export { GitEvents } from './application/git-events.js';
export { GitJobs } from './application/git-jobs.js';
export { GitSweep } from './application/git-sweep.js';
export { GitRepositoryContext, GitImportGate, GitSnapshot } from './application/room-parts.js';
export { GitConfig } from './git.config.js';
export { GitModule } from './git.module.js';
export { gitMigration } from './persistence/migrations.js';
export { GitHttp } from './smart-http/git-http.js';
