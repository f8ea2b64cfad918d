import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DiscoveredParts } from './application/discovered-parts.js';
import { RoomJobs } from './application/room-jobs.js';
import { RoomSnapshots } from './application/room-snapshots.js';

@Module({
  imports: [DiscoveryModule],
  providers: [DiscoveredParts, RoomJobs, RoomSnapshots],
  exports: [RoomJobs, RoomSnapshots],
})
export class RoomsModule {}
