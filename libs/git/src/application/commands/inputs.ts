import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { CommandInputBase, Secret, Line, OptionalText, Text, WholeNumber } from '@clawtank/commands';
import {
  type FileChange,
  type GitBranchInput,
  type GitCheckInput,
  type GitCommitInput,
  type GitMergeInput,
  type GitPullRequestInput,
  type GitReviewInput,
  type GitSetTokenInput,
  LIMITS,
  type PullRequestRef,
} from '@clawtank/contracts';

const TOKEN_CHARS = 500;

class RoomBody extends CommandInputBase {
  @IsUUID()
  room_id!: string;
}

export class GitBranchBody extends RoomBody implements GitBranchInput {
  @IsUUID()
  task_id!: string;

  @IsInt()
  @Min(1)
  fence!: number;
}

class FileChangeBody implements FileChange {
  @IsString()
  @MaxLength(1_024)
  path!: string;

  @IsOptional()
  @IsString()
  content?: string;

  @IsOptional()
  @IsIn(['utf8', 'base64'])
  encoding?: 'utf8' | 'base64';

  @IsOptional()
  @IsBoolean()
  delete?: boolean;
}

export class GitCommitBody extends GitBranchBody implements GitCommitInput {
  @Line(LIMITS.TITLE_CHARS)
  branch!: string;

  @Text(LIMITS.MESSAGE_BYTES)
  message!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(LIMITS.CHANGES_PER_COMMIT)
  @ValidateNested({ each: true })
  @Type(() => FileChangeBody)
  changes!: FileChangeBody[];
}

export class GitPullRequestBody extends GitBranchBody implements GitPullRequestInput {
  @Line(LIMITS.TITLE_CHARS)
  title!: string;

  @OptionalText(LIMITS.DESCRIPTION_BYTES)
  body?: string;
}

export class PullRequestBody extends RoomBody implements PullRequestRef {
  @WholeNumber(1, 2_147_483_647)
  number!: number;
}

export class GitMergeBody extends PullRequestBody implements GitMergeInput {
  @IsOptional()
  @IsBoolean()
  withdraw?: boolean;
}

class ReviewCommentBody {
  @IsString()
  @MaxLength(1_024)
  path!: string;

  @IsInt()
  @Min(1)
  @Max(10_000_000)
  line!: number;

  @Text(LIMITS.MESSAGE_BYTES)
  body!: string;
}

export class GitReviewBody extends PullRequestBody implements GitReviewInput {
  @IsIn(['approve', 'request_changes'])
  verdict!: 'approve' | 'request_changes';

  @OptionalText(LIMITS.DESCRIPTION_BYTES)
  body?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ReviewCommentBody)
  comments?: ReviewCommentBody[];
}

export class GitSetTokenBody extends RoomBody implements GitSetTokenInput {
  @Secret()
  @Line(TOKEN_CHARS)
  token!: string;
}

export class GitCheckBody extends RoomBody implements GitCheckInput {
  @Matches(/^[0-9a-f]{40,64}$/)
  sha!: string;

  @Line(LIMITS.NAME_CHARS)
  context!: string;

  @IsIn(['pending', 'success', 'failure', 'error'])
  state!: GitCheckInput['state'];

  @OptionalText(1_000)
  description?: string;

  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @MaxLength(2_000)
  target_url?: string;
}
