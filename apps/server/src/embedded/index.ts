export { EmbeddedPostgresError } from './embedded-postgres-error.js';
export type { EmbeddedPostgres } from './start-embedded-postgres.js';
export { startEmbeddedPostgres } from './start-embedded-postgres.js';
