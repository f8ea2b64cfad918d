import { type AgentSession, hasCode, type HeldClaim } from '@clawtank/agent-sdk';
import type { AgentStatus, UsageReport } from '@clawtank/contracts';
import { Latest } from './latest.js';
import { readLine } from './output-line.js';

const STATUS_EVERY_MS = 2_000;
const PROGRESS_EVERY_MS = 4_000;

interface Told {
  readonly progress?: number;
  readonly note?: string;
}

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
  private readonly progresses: Latest<Told>;
  private told: Told = {};
  /** What the command says it used, and the room was not told yet. */
  private used: UsageReport = {};

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
        this.told = { progress: read.progress, ...(read.note ? { note: read.note } : {}) };
        return this.progresses.tell(this.told);
      case 'usage':
        this.used = sumOf(this.used, read.usage);
        return this.progresses.tell(this.told);
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

  private async sendProgress(told: Told): Promise<void> {
    const usage = this.used;
    this.used = {};
    const used = Object.keys(usage).length > 0 ? { usage } : {};
    try {
      await this.parts.session.progress(this.parts.claim, { ...told, ...used });
    } catch (error) {
      this.used = sumOf(this.used, usage);
      if (hasCode(error, 'STALE_CLAIM')) this.parts.onStale();
    }
  }
}

function sumOf(a: UsageReport, b: UsageReport): UsageReport {
  const sum = (name: keyof UsageReport): UsageReport =>
    a[name] === undefined && b[name] === undefined ? {} : { [name]: (a[name] ?? 0) + (b[name] ?? 0) };
  return { ...sum('tokens'), ...sum('cost_cents') };
}
