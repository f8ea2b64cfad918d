import { IsIn, IsInt, IsUUID, Matches, Max, Min } from 'class-validator';
import type {
  ApprovalResolveInput,
  DecisionAddInput,
  InviteAcceptInput,
  InviteCreateInput,
  InviteRevokeInput,
  MemberRef,
  MemberRoleInput,
} from '@clawtank/contracts';
import { LIMITS } from '@clawtank/contracts';
import { CommandInputBase, Text } from '@clawtank/commands';
import { Maybe } from './fields.js';
import { RoomRefBody } from './room-inputs.js';

const MINUTE_SECONDS = 60;
const YEAR_SECONDS = 31_536_000;
const MAX_USES = 1_000;

export class MemberRefBody extends RoomRefBody implements MemberRef {
  @IsUUID()
  user_id!: string;
}

export class MemberRoleBody extends MemberRefBody implements MemberRoleInput {
  @IsIn(['host', 'member'])
  role!: 'host' | 'member';
}

export class InviteCreateBody extends RoomRefBody implements InviteCreateInput {
  @IsIn(['member', 'spectator'])
  role!: 'member' | 'spectator';

  @Maybe()
  @IsInt()
  @Min(MINUTE_SECONDS)
  @Max(YEAR_SECONDS)
  expires_in?: number;

  @Maybe()
  @IsInt()
  @Min(1)
  @Max(MAX_USES)
  max_uses?: number;
}

const CODE = /^[A-Za-z0-9_-]{1,100}$/;

export class InviteAcceptBody extends CommandInputBase implements InviteAcceptInput {
  @Matches(CODE, { message: 'must be the code of an invite' })
  code!: string;
}

export class InviteCodeQuery {
  @Matches(CODE, { message: 'must be the code of an invite' })
  code!: string;
}

export class InviteRevokeBody extends RoomRefBody implements InviteRevokeInput {
  @IsUUID()
  invite_id!: string;
}

export class DecisionAddBody extends RoomRefBody implements DecisionAddInput {
  @Text(LIMITS.MESSAGE_BYTES)
  text!: string;
}

export class ApprovalResolveBody extends CommandInputBase implements ApprovalResolveInput {
  @IsUUID()
  approval_id!: string;

  @IsIn(['granted', 'refused'])
  verdict!: 'granted' | 'refused';
}
