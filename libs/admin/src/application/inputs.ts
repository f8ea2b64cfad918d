import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, ValidateIf } from 'class-validator';
import {
  type AdminAgentInput,
  type AdminConsumerInput,
  type AdminDeliveryInput,
  type AdminJobInput,
  type AdminReportInput,
  type AdminRoomInput,
  type AdminSettingInput,
  type AdminUserInput,
  DELIVERY_STATES,
  type DeliveryState,
  JOB_STATES,
  type JobState,
  REPORT_OUTCOMES,
  REPORT_SUBJECTS,
  type ReportCreateInput,
  type ReportOutcome,
  type ReportSubject,
} from '@clawtank/contracts';
import { CommandInputBase, Line, PageInputBase, Text } from '@clawtank/commands';

const REASON_CHARS = 200;
const REPORT_BYTES = 4_096;
const NAME_CHARS = 120;

/** Over REST a query's switch arrives as text. */
const Switch = (): PropertyDecorator => (target, property) => {
  IsOptional()(target, property);
  IsBoolean()(target, property);
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))(
    target,
    property,
  );
};

export class ReportCreateBody extends CommandInputBase implements ReportCreateInput {
  @IsIn(REPORT_SUBJECTS)
  subject!: ReportSubject;

  @IsUUID()
  subject_id!: string;

  @Text(REPORT_BYTES)
  text!: string;
}

export class AdminUserBody extends CommandInputBase implements AdminUserInput {
  @IsUUID()
  user_id!: string;

  @IsOptional()
  @Line(REASON_CHARS)
  reason?: string;
}

export class AdminRoomBody extends CommandInputBase implements AdminRoomInput {
  @IsUUID()
  room_id!: string;

  @IsOptional()
  @Line(REASON_CHARS)
  reason?: string;
}

export class AdminAgentBody extends CommandInputBase implements AdminAgentInput {
  @IsUUID()
  agent_id!: string;

  @IsOptional()
  @Line(REASON_CHARS)
  reason?: string;
}

export class AdminReportBody extends CommandInputBase implements AdminReportInput {
  @IsUUID()
  report_id!: string;

  @IsIn(REPORT_OUTCOMES)
  outcome!: ReportOutcome;

  @IsOptional()
  @Text(REPORT_BYTES)
  note?: string;
}

export class AdminDeliveryBody extends CommandInputBase implements AdminDeliveryInput {
  @IsUUID()
  delivery_id!: string;
}

export class AdminJobBody extends CommandInputBase implements AdminJobInput {
  @IsUUID()
  job_id!: string;
}

export class AdminConsumerBody extends CommandInputBase implements AdminConsumerInput {
  @Line(NAME_CHARS)
  consumer!: string;

  @Line(NAME_CHARS)
  stream!: string;
}

export class AdminSettingBody extends CommandInputBase implements AdminSettingInput {
  @IsString()
  @Length(1, NAME_CHARS)
  name!: string;

  /** What each setting takes is checked against its own line of the table; null is the way back. */
  @ValidateIf(() => false)
  @IsOptional()
  value!: number | boolean | null;
}

/** For reads that take nothing. */
export class NoInput {
  readonly [key: string]: never;
}

class SearchBase extends PageInputBase {
  @IsOptional()
  @Line(NAME_CHARS)
  q?: string;
}

export class UsersQuery extends SearchBase {
  @Switch()
  suspended?: boolean;
}

export class RoomsQuery extends SearchBase {
  @Switch()
  locked?: boolean;
}

export class AgentsQuery extends SearchBase {}

export class ReportsQuery extends PageInputBase {
  @Switch()
  open?: boolean;
}

export class DeliveriesQuery extends PageInputBase {
  @IsOptional()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;
}

export class DeliveryQuery {
  @IsUUID()
  delivery_id!: string;
}

export class JobsQuery extends PageInputBase {
  @IsOptional()
  @IsIn(JOB_STATES)
  state?: JobState;
}

export class PageQuery extends PageInputBase {}

export class AuditQuery extends PageInputBase {
  @IsOptional()
  @Line(NAME_CHARS)
  action?: string;

  @IsOptional()
  @IsUUID()
  actor_id?: string;

  @IsOptional()
  @Line(NAME_CHARS)
  target_id?: string;
}
