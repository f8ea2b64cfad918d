import { Injectable } from '@nestjs/common';
import type { Tx } from '@clawtank/database';
import {
  DirectoryPart,
  type Room,
  type RoomFigures,
  type SnapshotLists,
  SnapshotPart,
} from '@clawtank/rooms';
import { leaseView, listLeases } from '../persistence/lease-rows.js';
import { listPending, suggestionView } from '../persistence/suggestion-rows.js';
import { countTasks, listTasks } from '../persistence/task-rows.js';
import { taskView } from './task-view.js';

/** Tasks, suggestions and leases in a room's snapshot. */
@Injectable()
export class TaskSnapshotPart extends SnapshotPart {
  async read(tx: Tx, room: Room): Promise<SnapshotLists> {
    return {
      tasks: (await listTasks(tx, room.id)).map(taskView),
      suggestions: (await listPending(tx, room.id)).map(suggestionView),
      leases: (await listLeases(tx, room.id)).map(leaseView),
    };
  }
}

/** How many tasks a room has, for the public directory. */
@Injectable()
export class TaskDirectoryPart extends DirectoryPart {
  async read(tx: Tx, roomIds: readonly string[]): Promise<ReadonlyMap<string, Partial<RoomFigures>>> {
    const counts = await countTasks(tx, roomIds);
    return new Map(
      counts.map(({ room_id: id, open, complete }) => [id, { tasks_open: open, tasks_complete: complete }]),
    );
  }
}
