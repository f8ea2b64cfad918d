import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import {
  AGENT_STATUSES,
  AUTONOMIES,
  type Autonomy,
  type AgentAnswerInput,
  type AgentAskInput,
  type AgentAutonomyInput,
  type AgentControlInput,
  type AgentHeartbeatInput,
  type AgentRedirectInput,
  type AgentRegisterInput,
  type AgentStatus,
  type AgentStatusInput,
  LIMITS,
} from '@clawtank/contracts';
import { CommandInputBase, Line, Text, Words } from '@clawtank/commands';
import { Maybe, RoomName } from './fields.js';
import { RoomRefBody } from './room-inputs.js';

const MAX_WORDS = 50;
const WORD_CHARS = 60;
const MAX_OPTIONS = 20;
const MAX_CONCURRENT_TASKS = 20;
const DETAIL_BYTES = 2_000;

export class AgentRegisterBody extends RoomRefBody implements AgentRegisterInput {
  @Line(LIMITS.NAME_CHARS)
  model!: string;

  @IsArray()
  @ArrayMaxSize(MAX_WORDS)
  @IsString({ each: true })
  @Length(1, WORD_CHARS, { each: true })
  capabilities!: string[];

  @Maybe()
  @IsUUID()
  owner?: string;

  @Words(MAX_WORDS)
  languages?: string[];

  @Maybe()
  @IsInt()
  @Min(1)
  @Max(MAX_CONCURRENT_TASKS)
  max_concurrent_tasks?: number;
}

export class AgentStatusBody extends CommandInputBase implements AgentStatusInput {
  @Maybe()
  @RoomName()
  room_id?: string;

  @IsIn(AGENT_STATUSES)
  status!: AgentStatus;

  @Words(MAX_WORDS)
  capabilities?: string[];

  @Maybe()
  @IsUUID()
  task_id?: string;

  @Maybe()
  @Text(DETAIL_BYTES)
  detail?: string;

  @Maybe()
  @IsNumber()
  @Min(0)
  @Max(1)
  progress?: number;
}

export class AgentHeartbeatBody extends CommandInputBase implements AgentHeartbeatInput {
  @IsNumber()
  @Min(0)
  uptime!: number;

  @Maybe()
  @IsUUID()
  current_task?: string;

  @Maybe()
  @IsInt()
  @Min(1)
  fence?: number;
}

export class AgentAskBody extends RoomRefBody implements AgentAskInput {
  @Maybe()
  @IsUUID()
  task_id?: string;

  @Text(LIMITS.MESSAGE_BYTES)
  text!: string;

  @Maybe()
  @IsArray()
  @ArrayMaxSize(MAX_OPTIONS)
  @IsString({ each: true })
  @Length(1, LIMITS.TITLE_CHARS, { each: true })
  options?: string[];
}

export class AgentAnswerBody extends CommandInputBase implements AgentAnswerInput {
  @IsUUID()
  question_id!: string;

  @Text(LIMITS.MESSAGE_BYTES)
  answer!: string;
}

export class AgentControlBody extends RoomRefBody implements AgentControlInput {
  @IsUUID()
  agent_id!: string;
}

export class AgentAutonomyBody extends AgentControlBody implements AgentAutonomyInput {
  /** Null: as the room has it. */
  @ValidateIf((body: AgentAutonomyBody) => body.autonomy !== null)
  @IsIn(AUTONOMIES)
  autonomy!: Autonomy | null;
}

export class AgentRedirectBody extends AgentControlBody implements AgentRedirectInput {
  @Text(LIMITS.MESSAGE_BYTES)
  instruction!: string;
}
