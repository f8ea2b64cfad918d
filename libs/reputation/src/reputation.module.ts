import { Module } from '@nestjs/common';
import { GetAgentProfile, GetUserReputation, ListLeaderboard } from './application/queries.js';
import { ReputationConsumer } from './application/reputation-consumer.js';
import { XpInSnapshot } from './application/xp-in-snapshot.js';

@Module({
  providers: [ReputationConsumer, XpInSnapshot, ListLeaderboard, GetUserReputation, GetAgentProfile],
  exports: [ReputationConsumer],
})
export class ReputationModule {}
