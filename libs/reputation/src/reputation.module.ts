import { Module } from '@nestjs/common';
import { HideReputation } from './application/hide.js';
import { GetAgentProfile, GetUserReputation, ListLeaderboard } from './application/queries.js';
import { ReputationConsumer } from './application/reputation-consumer.js';
import { GetShowcase } from './application/showcase.js';
import { XpInSnapshot } from './application/xp-in-snapshot.js';

@Module({
  providers: [
    ReputationConsumer,
    XpInSnapshot,
    ListLeaderboard,
    GetUserReputation,
    GetAgentProfile,
    GetShowcase,
    HideReputation,
  ],
  exports: [ReputationConsumer],
})
export class ReputationModule {}
