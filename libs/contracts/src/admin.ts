import type { CommandInput } from './command-inputs.js';
import type { UserView } from './views.js';

/** Why a member calls for an administrator, and what is to be looked at. */
export const REPORT_SUBJECTS = ['user', 'agent', 'room', 'message'] as const;
export type ReportSubject = (typeof REPORT_SUBJECTS)[number];

export const REPORT_OUTCOMES = ['acted', 'dismissed'] as const;
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];

export const JOB_STATES = ['created', 'retry', 'active', 'completed', 'cancelled', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

export const DELIVERY_STATES = ['waiting', 'processed', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface ReportCreateInput extends CommandInput {
  subject: ReportSubject;
  subject_id: string;
  text: string;
}
export interface UserRef extends CommandInput {
  user_id: string;
}
export interface AdminUserInput extends UserRef {
  /** For the audit log. */
  reason?: string;
}
export interface AdminRoomInput extends CommandInput {
  room_id: string;
  /** Shown to the members when a room is locked, and kept in the audit log. */
  reason?: string;
}
export interface AdminAgentInput extends CommandInput {
  agent_id: string;
  reason?: string;
}
export interface AdminReportInput extends CommandInput {
  report_id: string;
  outcome: ReportOutcome;
  note?: string;
}
export interface AdminDeliveryInput extends CommandInput {
  delivery_id: string;
}
export interface AdminJobInput extends CommandInput {
  job_id: string;
}
export interface AdminConsumerInput extends CommandInput {
  consumer: string;
  stream: string;
}
export interface AdminSettingInput extends CommandInput {
  name: string;
  /** Null goes back to what the server was started with. */
  value: number | boolean | null;
}

export interface BlockView {
  readonly user: UserView;
  readonly created_at: string;
}

export interface AdminUserView extends UserView {
  readonly email: string | null;
  readonly is_admin: boolean;
  readonly created_at: string;
  readonly suspended_at: string | null;
  readonly rooms: number;
  readonly agents: number;
}

export interface AdminRoomView {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly visibility: string;
  readonly state: string;
  readonly host_name: string | null;
  readonly members: number;
  readonly agents: number;
  readonly events: number;
  readonly created_at: string;
  readonly locked_at: string | null;
  readonly locked_reason: string | null;
}

export interface AdminAgentView {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  readonly model: string;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly created_at: string;
  readonly live_tokens: number;
  readonly last_used_at: string | null;
  /** Rooms in which it is present now. */
  readonly rooms: number;
}

export interface ReportView {
  readonly id: string;
  readonly subject: ReportSubject;
  readonly subject_id: string;
  /** What the subject is called, or said, now; null when it is gone. */
  readonly subject_text: string | null;
  readonly reporter: UserView;
  readonly text: string;
  readonly created_at: string;
  readonly outcome: ReportOutcome | null;
  readonly note: string | null;
  readonly resolved_at: string | null;
}

export interface DeliveryView {
  readonly id: string;
  readonly provider: string;
  /** The host's own id of it. */
  readonly delivery_id: string;
  readonly event: string;
  readonly bytes: number;
  /** A token that travels along is the weaker proof of where it comes from. */
  readonly proof: 'signature' | 'token';
  readonly received_at: string;
  readonly processed_at: string | null;
  /** Dead: given up after `attempts` tries, until somebody has it handled again. */
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Why the last try failed; null after one that did not. */
  readonly error: string | null;
  /** What was done about it. */
  readonly outcome: string | null;
}

export interface DeliveryDetail extends DeliveryView {
  /** As it came, cut after 64 KiB. */
  readonly body: string;
  readonly truncated: boolean;
}

export interface JobView {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  /** What a failed one left. */
  readonly error: string | null;
}

/** A consumer that can't get past an event: it is tried again later and later, and nothing behind it is lost. */
export interface StuckConsumerView {
  readonly consumer: string;
  readonly stream: string;
  readonly position: number;
  readonly failures: number;
  readonly last_error: string | null;
  readonly retry_at: string | null;
}

export interface AuditEntryView {
  readonly id: string;
  readonly at: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly address: string;
  readonly request_id: string;
  readonly action: string;
  readonly target_kind: string;
  readonly target_id: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface SettingView {
  readonly name: string;
  readonly about: string;
  readonly value: number | boolean;
  /** What the server was started with. */
  readonly default_value: number | boolean;
  readonly changed_at: string | null;
  readonly min?: number;
  readonly max?: number;
}

export const FINDING_STATES = ['ok', 'warning', 'broken'] as const;

export interface FindingView {
  /** What was looked at: `database`, `clock`. */
  readonly part: string;
  readonly state: (typeof FINDING_STATES)[number];
  readonly found: string;
  /** What to do about it; null where nothing has to be done. */
  readonly mend: string | null;
}

/** What the node that was asked found by trying its parts. */
export interface DoctorReport {
  readonly at: string;
  readonly findings: readonly FindingView[];
}

export interface HealthView {
  readonly database: { readonly latency_ms: number; readonly bytes: number; readonly version: string };
  readonly log: {
    readonly streams: number;
    /** Streams with events that some consumer has not handled yet. */
    readonly waiting_streams: number;
    readonly stuck_consumers: number;
  };
  readonly jobs: { readonly waiting: number; readonly failed: number };
  readonly deliveries: { readonly waiting: number; readonly dead: number };
  readonly reports: { readonly open: number };
  readonly counts: {
    readonly users: number;
    readonly suspended: number;
    readonly rooms: number;
    readonly locked_rooms: number;
    readonly agents: number;
    readonly agents_present: number;
  };
  readonly server: { readonly node: string; readonly uptime_seconds: number; readonly memory_bytes: number };
}
