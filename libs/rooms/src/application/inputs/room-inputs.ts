import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  AUTONOMIES,
  type Autonomy,
  GIT_HOSTS,
  type GitHostName,
  LIMITS,
  type RepositoryInput,
  REVIEW_POLICIES,
  type ReviewPolicy,
  type RoomCompleteInput,
  type RoomCreateInput,
  type RoomHoldInput,
  type RoomRef,
  type RoomSettings,
  type RoomTransferInput,
  type RoomUpdateInput,
  TASK_STRATEGIES,
  type TaskStrategy,
  VISIBILITIES,
  type Visibility,
} from '@clawtank/contracts';
import { CommandInputBase, Secret, Line, OptionalText } from '@clawtank/commands';
import { Maybe, RoomName } from './fields.js';

const YEAR_MINUTES = 525_600;
const DAY_SECONDS = 86_400;
const MIN_LEASE_SECONDS = 5;
const MAX_TURNS = 1_000;
const MAX_STEP_SECONDS = 3_600;
const INSTRUCTIONS_BYTES = 8_192;
const URL_CHARS = 2_000;
const TOKEN_CHARS = 500;

export class RoomSettingsBody implements Partial<RoomSettings> {
  @Maybe()
  @IsInt()
  @Min(1)
  @Max(YEAR_MINUTES)
  paused_archive_minutes?: number;

  @Maybe()
  @IsInt()
  @Min(1)
  @Max(YEAR_MINUTES)
  completed_archive_minutes?: number;

  @Maybe()
  @IsInt()
  @Min(MIN_LEASE_SECONDS)
  @Max(DAY_SECONDS)
  claim_lease_seconds?: number;

  @Maybe()
  @IsInt()
  @Min(1)
  @Max(LIMITS.ROOM_MEMBERS)
  max_members?: number;

  @Maybe()
  @IsInt()
  @Min(1)
  @Max(LIMITS.ROOM_AGENTS)
  max_agents?: number;

  @Maybe()
  @IsIn(['refuse', 'queue', 'warn'])
  lease_policy?: 'refuse' | 'queue' | 'warn';

  @Maybe()
  @IsBoolean()
  merge_queue?: boolean;

  @Maybe()
  @IsIn(['auto', 'suggest', 'off'])
  task_capture?: 'auto' | 'suggest' | 'off';

  @Maybe()
  @IsBoolean()
  auto_complete?: boolean;

  @Maybe()
  @IsIn(TASK_STRATEGIES)
  task_strategy?: TaskStrategy;

  @Maybe()
  @IsInt()
  @Min(1)
  @Max(MAX_STEP_SECONDS)
  claim_step_seconds?: number;

  @Maybe()
  @IsIn(REVIEW_POLICIES)
  review?: ReviewPolicy;

  @Maybe()
  @IsIn(AUTONOMIES)
  autonomy?: Autonomy;

  @Maybe()
  @IsInt()
  @Min(1)
  @Max(YEAR_MINUTES)
  approval_minutes?: number;

  @Maybe()
  @IsIn(['lapse', 'grant'])
  approval_timeout?: 'lapse' | 'grant';

  @Maybe()
  @IsInt()
  @Min(0)
  @Max(MAX_TURNS)
  max_agent_turns?: number;

  @Maybe()
  @IsInt()
  @Min(0)
  @Max(MAX_TURNS)
  max_pair_turns?: number;

  @Maybe()
  @IsBoolean()
  public_code?: boolean;

  @OptionalText(INSTRUCTIONS_BYTES)
  agent_instructions?: string;
}

export class RepositoryBody implements RepositoryInput {
  @IsIn(GIT_HOSTS)
  host!: GitHostName;

  // One with a password is refused in its own words.
  @Secret()
  @Maybe()
  @IsString()
  @MaxLength(URL_CHARS)
  url?: string;

  @Maybe()
  @Line(LIMITS.TITLE_CHARS)
  full_name?: string;

  @Secret()
  @Maybe()
  @Line(TOKEN_CHARS)
  token?: string;

  @Maybe()
  @IsIn(['empty', 'import', 'push'])
  source?: 'empty' | 'import' | 'push';
}

export class RoomCreateBody extends CommandInputBase implements RoomCreateInput {
  @Line(LIMITS.NAME_CHARS)
  name!: string;

  @OptionalText(LIMITS.DESCRIPTION_BYTES)
  description?: string;

  @IsIn(VISIBILITIES)
  visibility!: Visibility;

  @Maybe()
  @ValidateNested()
  @Type(() => RepositoryBody)
  repository?: RepositoryBody;

  @Maybe()
  @ValidateNested()
  @Type(() => RoomSettingsBody)
  settings?: RoomSettingsBody;
}

export class RoomRefBody extends CommandInputBase implements RoomRef {
  @RoomName()
  room_id!: string;
}

export class RoomUpdateBody extends RoomRefBody implements RoomUpdateInput {
  @Maybe()
  @Line(LIMITS.NAME_CHARS)
  name?: string;

  @OptionalText(LIMITS.DESCRIPTION_BYTES)
  description?: string;

  @Maybe()
  @IsIn(VISIBILITIES)
  visibility?: Visibility;

  @Maybe()
  @ValidateNested()
  @Type(() => RoomSettingsBody)
  settings?: RoomSettingsBody;
}

export class RoomHoldBody extends RoomRefBody implements RoomHoldInput {
  @IsBoolean()
  hold!: boolean;
}

export class RoomCompleteBody extends RoomRefBody implements RoomCompleteInput {
  @Maybe()
  @IsBoolean()
  confirm?: boolean;
}

export class RoomTransferBody extends RoomRefBody implements RoomTransferInput {
  @IsUUID()
  user_id!: string;
}
