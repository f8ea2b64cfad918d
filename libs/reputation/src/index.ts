export { ReputationConsumer } from './application/reputation-consumer.js';
export { levelAt, levelStartsAt } from './domain/levels.js';
export { reputationMigrations } from './persistence/migrations.js';
export { ReputationModule } from './reputation.module.js';
