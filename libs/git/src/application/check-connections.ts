import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { UnitOfWork } from '@clawtank/events';
import { Failure } from '@clawtank/kernel';
import { lockRoomById, SystemLine } from '@clawtank/rooms';
import { type Obstacle, obstaclesOf } from '../domain/obstacles.js';
import { HostedHosts } from '../hosted/hosted-hosts.js';
import { canPush } from '../hosted/can-push.js';
import { saveObstacles, takeConnectionCheck } from '../persistence/connections.js';
import type { Forge } from './forge.js';

const HELD_SECONDS = 300;
const AGAIN = { seconds: 3_600 };
/** These say nothing of what will be when the host is back. */
const AWAY = ['host.limited', 'host.unavailable'];

/** Looks, before work begins and every hour, whether a repository's rules and permissions will let it be done. */
@Injectable()
export class CheckConnections {
  private readonly log = new Logger(CheckConnections.name);

  constructor(
    private readonly hosts: HostedHosts,
    private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly line: SystemLine,
  ) {}

  async run(): Promise<void> {
    for (;;) {
      const due = await this.database.transaction((tx) => takeConnectionCheck(tx, HELD_SECONDS));
      if (!due) return;
      await this.look(due.roomId, this.hosts.of(due.provider).forge);
    }
  }

  private async look(roomId: string, forge: Forge): Promise<void> {
    try {
      await this.tell(roomId, await find(roomId, forge));
    } catch (error) {
      if (error instanceof Failure && !AWAY.includes(error.reason)) {
        const mend = 'Mend it there, or give the room another token.';
        await this.tell(roomId, [{ found: error.message, mend }]);
      } else this.log.warn(`${roomId}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async tell(roomId: string, obstacles: readonly Obstacle[]): Promise<void> {
    await this.work.run(async (tx) => {
      if (!(await lockRoomById(tx, roomId))) return;
      const changed = await saveObstacles(tx, roomId, obstacles, AGAIN);
      if (!changed || obstacles.length === 0) return;
      const text = obstacles.map(({ found, mend }) => `${found} ${mend}`).join('\n');
      await this.line.say(tx, roomId, `This will stand in the way of the work here:\n${text}`);
    });
  }
}

async function find(roomId: string, forge: Forge): Promise<readonly Obstacle[]> {
  const { fullName, archived, defaultBranch: branch } = await forge.repository(roomId);
  const facts = { host: forge.name, fullName, branch, archived };
  const rules = await forge.protection(roomId, branch);
  const takesPushes = archived || (await canPush(await forge.gitEntrance(roomId), forge.name));
  return obstaclesOf({ ...facts, canPush: takesPushes, rules, lacking: await forge.lacking(roomId) });
}
