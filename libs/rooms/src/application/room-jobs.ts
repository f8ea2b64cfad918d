import { Injectable, Logger } from '@nestjs/common';
import type { RecurringJob } from '@clawtank/database';
import { SYSTEM_ACTOR, UnitOfWork } from '@clawtank/events';
import { Failure } from '@clawtank/kernel';
import { lockSilentAgents, roomsWithSilentAgents } from '../persistence/heartbeats.js';
import { forgetWish, isArchiveDue, roomsToArchive, roomsToComplete } from '../persistence/room-deadlines.js';
import { RoomsConfig } from '../rooms.config.js';
import { lockRoomById } from './access.js';
import { AgentDepartures } from './agent-departures.js';
import { ApprovalDeadlines } from './approval-deadlines.js';
import { RoomCompletion } from './room-completion.js';
import { triggerRoom } from './trigger-room.js';

/**
 * The rooms' recurring jobs. Each looks for rooms whose deadline has passed and looks again under the room's
 * lock, so that a job that runs twice, late, or on two nodes does no harm.
 */
@Injectable()
export class RoomJobs {
  private readonly log = new Logger(RoomJobs.name);

  constructor(
    private readonly config: RoomsConfig,
    private readonly work: UnitOfWork,
    private readonly departures: AgentDepartures,
    private readonly completion: RoomCompletion,
    private readonly approvals: ApprovalDeadlines,
  ) {}

  jobs(): RecurringJob[] {
    const everySeconds = this.config.sweepSeconds;
    return [
      { name: 'rooms.presence', everySeconds, run: () => this.endSilentPresence() },
      { name: 'rooms.archive', everySeconds, run: () => this.archive() },
      { name: 'rooms.approvals', everySeconds, run: () => this.approvals.endOverdue() },
      { name: 'rooms.completion', everySeconds, run: () => this.completeWished() },
    ];
  }

  /** Agents that were silent too long leave; several of one room in one transaction. Their claims stay. */
  async endSilentPresence(): Promise<void> {
    await this.each(await this.find(roomsWithSilentAgents), async (roomId) => {
      await this.work.run(async (tx) => {
        const room = await lockRoomById(tx, roomId);
        if (!room) return;
        const silent = await lockSilentAgents(tx, roomId);
        const departures = silent.map(({ agentId, deleted }) => ({
          agentId,
          reason: deleted ? ('revoked' as const) : ('timeout' as const),
        }));
        await this.departures.leave(tx, room, departures, SYSTEM_ACTOR);
      });
    });
  }

  /** Rooms paused or completed for long enough. */
  async archive(): Promise<void> {
    await this.each(await this.find(roomsToArchive), async (roomId) => {
      await this.work.run(async (tx) => {
        const room = await lockRoomById(tx, roomId);
        if (room && (await isArchiveDue(tx, roomId))) await triggerRoom(tx, room, 'deadline');
      });
    });
  }

  /** Rooms that complete by themselves once their last task is done. */
  async completeWished(): Promise<void> {
    const run: UnitOfWork['run'] = (step) => this.work.run(step);
    await this.each(await this.find(roomsToComplete), async (roomId) => {
      const wish = { roomId, actor: SYSTEM_ACTOR, confirmed: false };
      try {
        await this.completion.complete({ transaction: run, finish: run }, wish);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        // Work came up meanwhile; the next last task asks again.
        await run((tx) => forgetWish(tx, roomId));
      }
    });
  }

  private find(search: typeof roomsToArchive): Promise<string[]> {
    return this.work.run(search);
  }

  /** One room that fails must not keep the others from their turn. */
  private async each(roomIds: readonly string[], act: (roomId: string) => Promise<void>): Promise<void> {
    for (const roomId of roomIds) {
      try {
        await act(roomId);
      } catch (error) {
        this.log.error(
          `room ${roomId}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      }
    }
  }
}
