import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { type CommandReplyOf, roomStream } from '@clawtank/contracts';
import { Bus, type LogTx, UnitOfWork } from '@clawtank/events';
import { keyOfClaim, type NamedClaim } from '../domain/named-claim.js';
import { noteAllSeen, type SeenAgent } from '../persistence/heartbeats.js';
import { RoomsConfig } from '../rooms.config.js';
import { ClaimClock } from './ports.js';
import { signalAfterCommit } from './session-notices.js';

type Reply = CommandReplyOf<'agent.heartbeat'>;

interface Beat {
  readonly agentId: string;
  readonly claim: NamedClaim | null;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes the heartbeats that reach this process together, at most once in an interval. Each is answered after its
 * write, so that what the answer promises of presence and lease holds whatever becomes of the process.
 */
@Injectable()
export class HeartbeatBatch implements BeforeApplicationShutdown {
  private readonly waiting: Beat[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private lastWrite = -Infinity;

  constructor(
    private readonly config: RoomsConfig,
    private readonly work: UnitOfWork,
    private readonly clock: ClaimClock,
    private readonly bus: Bus,
  ) {}

  /** Resolves once the heartbeat is written. */
  add(agentId: string, claim: Omit<NamedClaim, 'agentId'> | null): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ agentId, claim: claim && { ...claim, agentId }, resolve, reject });
      this.schedule();
    });
  }

  /** Whoever waits is answered while the database can still be reached. */
  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.flush();
    await this.writing;
  }

  private schedule(): void {
    if (this.timer !== undefined) return;
    const since = performance.now() - this.lastWrite;
    const delay = Math.max(0, this.config.heartbeatWriteSeconds * 1_000 - since);
    this.timer = setTimeout(() => this.flush(), delay);
  }

  private flush(): void {
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write(this.waiting.splice(0)));
  }

  private async write(beats: readonly Beat[]): Promise<void> {
    if (beats.length === 0) return;
    this.lastWrite = performance.now();
    try {
      const replies = await this.work.run((tx) => this.record(tx, beats));
      beats.forEach(({ resolve }, index) => resolve(replies[index] as Reply));
    } catch (error) {
      for (const { reject } of beats) reject(error);
    }
  }

  /** The claims first: presence is locked after tasks, everywhere. */
  private async record(tx: LogTx, beats: readonly Beat[]): Promise<readonly Reply[]> {
    const claims = beats.flatMap(({ claim }) => claim ?? []);
    const leases = claims.length > 0 ? await this.clock.renewAll(tx, claims) : new Map<string, Date>();
    const ids = [...new Set(beats.map(({ agentId }) => agentId))];
    const seen = await noteAllSeen(tx, ids, this.config.silenceSeconds);
    for (const agent of seen.values()) this.signal(tx, agent);
    return beats.map(({ agentId, claim }) => ({
      server_time: seen.get(agentId)?.now ?? '',
      cursors: seen.get(agentId)?.cursors ?? {},
      lease_expires_at: (claim && leases.get(keyOfClaim(claim)))?.toISOString() ?? null,
    }));
  }

  private signal(tx: LogTx, { agentId, rooms, now }: SeenAgent): void {
    for (const room_id of rooms) {
      const signal = { type: 'presence', room_id, agent_id: agentId, at: now } as const;
      signalAfterCommit(tx, this.bus, roomStream(room_id), signal);
    }
  }
}
