import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { PageInputBase, WholeNumber } from '@clawtank/commands';
import type { QueryInputOf } from '@clawtank/contracts';

export class RoomQuery {
  /** The room's id or its slug. */
  @IsString()
  @Length(1, 100)
  room_id!: string;
}

export class FilesQuery extends RoomQuery implements QueryInputOf<'repository.files'> {
  /** A branch or a commit; the default branch when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  ref?: string;
}

export class BlobQuery extends FilesQuery implements QueryInputOf<'repository.blob'> {
  @IsString()
  @Length(1, 1_024)
  path!: string;
}

export class CommitsQuery extends PageInputBase implements QueryInputOf<'repository.commits'> {
  @IsString()
  @Length(1, 100)
  room_id!: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  branch?: string;
}

export class PullRequestsQuery extends RoomQuery implements QueryInputOf<'pull_requests.list'> {
  @IsOptional()
  @IsIn(['open', 'merged', 'closed'])
  state?: 'open' | 'merged' | 'closed';
}

export class PullRequestQuery extends RoomQuery implements QueryInputOf<'pull_requests.get'> {
  @WholeNumber(1, 2_147_483_647)
  number!: number;
}

export class ConflictsQuery extends RoomQuery implements QueryInputOf<'conflicts.list'> {
  /** Those that are not resolved, when left out. */
  @IsOptional()
  @IsIn(['open', 'all', 'predicted', 'detected', 'resolved'])
  state?: 'open' | 'all' | 'predicted' | 'detected' | 'resolved';
}
