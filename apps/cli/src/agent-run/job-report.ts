import { type AgentSession, hasCode, type HeldClaim } from '@clawtank/agent-sdk';
import type { AgentStatus } from '@clawtank/contracts';
import { Latest } from './latest.js';
import { readLine } from './output-line.js';

const STATUS_EVERY_MS = 2_000;
const PROGRESS_EVERY_MS = 4_000;

interface Said {
  readonly status: AgentStatus;
  readonly detail: string;
  readonly progress: number | undefined;
}

export interface ReportParts {
  readonly session: AgentSession;
  readonly roomId: string;
  readonly claim: HeldClaim;
  /** The server says that the claim is over. */
  readonly onStale: () => void;
}

/** Tells the room what the command is doing, from the lines it prints, no more often than people can read. */
export class JobReport {
  private said: Said = { status: 'executing', detail: '', progress: undefined };
  private readonly statuses: Latest<Said>;
  private readonly progresses: Latest<{ progress: number; note: string }>;

  constructor(private readonly parts: ReportParts) {
    this.statuses = new Latest(STATUS_EVERY_MS, (said) => this.sendStatus(said));
    this.progresses = new Latest(PROGRESS_EVERY_MS, (told) => this.sendProgress(told));
  }

  status(status: AgentStatus, detail: string): void {
    this.say({ ...this.said, status, detail });
  }

  line(line: string): void {
    const read = readLine(line);
    switch (read.kind) {
      case 'progress':
        this.say({ ...this.said, progress: read.progress, detail: read.note || this.said.detail });
        return this.progresses.tell({ progress: read.progress, note: read.note });
      case 'status':
        return this.say({ ...this.said, status: read.status, detail: read.note || this.said.detail });
      case 'text':
        if (read.text !== '') this.say({ ...this.said, detail: read.text });
    }
  }

  /** Sends what was said last. */
  async flush(): Promise<void> {
    await Promise.all([this.progresses.flush(), this.statuses.flush()]);
  }

  stop(): void {
    this.statuses.stop();
    this.progresses.stop();
  }

  private say(said: Said): void {
    this.said = said;
    this.statuses.tell(said);
  }

  private async sendStatus({ status, detail, progress }: Said): Promise<void> {
    const { session, roomId, claim } = this.parts;
    await session.status({
      room_id: roomId,
      task_id: claim.task_id,
      status,
      ...(detail ? { detail } : {}),
      ...(progress === undefined ? {} : { progress }),
    });
  }

  private async sendProgress({ progress, note }: { progress: number; note: string }): Promise<void> {
    try {
      await this.parts.session.progress(this.parts.claim, { progress, ...(note ? { note } : {}) });
    } catch (error) {
      if (hasCode(error, 'STALE_CLAIM')) this.parts.onStale();
    }
  }
}
