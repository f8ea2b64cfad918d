import { Injectable } from '@nestjs/common';
import type { Actor, RoomView } from '@clawtank/contracts';
import type { LogTx } from '@clawtank/events';
import { enforce } from '@clawtank/kernel';
import { mayComplete, mayLeaveBehind, remainingWork } from '../domain/completion.js';
import { fail } from '../domain/failures.js';
import type { Room } from '../domain/room.js';
import { markCompleting } from '../persistence/room-changes.js';
import { lockRoomById } from './access.js';
import { RoomFinisher } from './ports.js';
import { RoomSnapshots } from './room-snapshots.js';
import { roomView } from './room-view.js';
import { triggerRoom } from './trigger-room.js';

/** Transactions of their own, each committed when it returns; the last one gives the answer. */
export interface Steps {
  transaction<T>(work: (tx: LogTx) => Promise<T>): Promise<T>;
  finish<T>(work: (tx: LogTx) => Promise<T>): Promise<T>;
}

export interface CompletionWish {
  readonly roomId: string;
  readonly actor: Actor;
  /** Completes although work remains. */
  readonly confirmed: boolean;
}

/** Longer than git may take; should the process die meanwhile, the room takes work again after it. */
const COMPLETING_SECONDS = 120;

/** Completes a room: no new claims, approved pull requests merged, the rest confirmed, main tagged, then the state. */
@Injectable()
export class RoomCompletion {
  constructor(
    private readonly finisher: RoomFinisher,
    private readonly snapshots: RoomSnapshots,
  ) {}

  /** @throws room.not_found, room.illegal_transition, room.work_remains with what remains */
  async complete(steps: Steps, wish: CompletionWish): Promise<{ room: RoomView }> {
    await steps.transaction((tx) => this.begin(tx, wish.roomId));
    try {
      await this.finisher.mergeApproved(wish.roomId);
      await steps.transaction((tx) => this.checkRemaining(tx, wish));
      await this.finisher.finish(wish.roomId);
      return await steps.finish((tx) => this.end(tx, wish));
    } catch (error) {
      await steps.transaction((tx) => markCompleting(tx, wish.roomId, null));
      throw error;
    }
  }

  private async begin(tx: LogTx, roomId: string): Promise<void> {
    await lockCompletable(tx, roomId);
    await markCompleting(tx, roomId, COMPLETING_SECONDS);
  }

  private async checkRemaining(tx: LogTx, { roomId, confirmed }: CompletionWish): Promise<void> {
    const room = await lockCompletable(tx, roomId);
    const work = remainingWork(await this.snapshots.readParts(tx, room));
    enforce(mayLeaveBehind(work, confirmed));
  }

  private async end(tx: LogTx, wish: CompletionWish): Promise<{ room: RoomView }> {
    const room = await lockCompletable(tx, wish.roomId);
    return { room: await roomView(tx, await triggerRoom(tx, room, 'completed', wish.actor)) };
  }
}

async function lockCompletable(tx: LogTx, roomId: string): Promise<Room> {
  const room = await lockRoomById(tx, roomId);
  if (!room) throw fail('room.not_found', {});
  enforce(mayComplete(room));
  return room;
}
