import { IsEmail, IsIn, IsOptional, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { Transform } from 'class-transformer';
import {
  type AgentCreateInput,
  type AgentRef,
  type AgentTokenCreateInput,
  type AgentTokenInput,
  type AgentTokenRevokeInput,
  type ChangePasswordInput,
  type IdentityRef,
  LIMITS,
  type LinkInput,
  type LoginInput,
  type MeUpdateInput,
  type PasswordResetInput,
  type RefreshInput,
  type RegisterInput,
  type SignInSessionRef,
  type UserRef,
} from '@clawtank/contracts';
import { CommandInputBase, Secret, Line, PageInputBase, Words } from '@clawtank/commands';
import { HANDLE_PATTERN } from '../domain/handle.js';

const MIN_PASSWORD = 10;
const MAX_PASSWORD = 200;

export class RegisterBody implements RegisterInput {
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().toLowerCase() : value,
  )
  @Matches(HANDLE_PATTERN, { message: 'username must be 1 to 32 of a-z, 0-9, - and _' })
  username!: string;

  @IsEmail()
  @MaxLength(254)
  email!: string;

  @IsString()
  @Length(MIN_PASSWORD, MAX_PASSWORD)
  password!: string;

  @IsOptional()
  @Line(LIMITS.NAME_CHARS)
  display_name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  setup_code?: string;

  @IsOptional()
  @IsIn(['cli'])
  client?: 'cli';
}

export class LoginBody implements LoginInput {
  @IsString()
  @Length(1, 254)
  login!: string;

  @IsString()
  @Length(1, MAX_PASSWORD)
  password!: string;

  @IsOptional()
  @IsIn(['cli'])
  client?: 'cli';
}

export class RefreshBody implements RefreshInput {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  refresh_token?: string;
}

export class PasswordResetBody implements PasswordResetInput {
  @IsString()
  @MaxLength(100)
  code!: string;

  @IsString()
  @Length(MIN_PASSWORD, MAX_PASSWORD)
  password!: string;

  @IsOptional()
  @IsIn(['cli'])
  client?: 'cli';
}

export class MeUpdateBody extends CommandInputBase implements MeUpdateInput {
  @Line(LIMITS.NAME_CHARS)
  display_name!: string;
}

export class ChangePasswordBody extends CommandInputBase implements ChangePasswordInput {
  @Secret()
  @IsOptional()
  @IsString()
  @Length(1, MAX_PASSWORD)
  current_password?: string;

  @Secret()
  @IsString()
  @Length(MIN_PASSWORD, MAX_PASSWORD)
  new_password!: string;
}

export class UserRefBody extends CommandInputBase implements UserRef {
  @IsUUID()
  user_id!: string;
}

export class LinkBody implements LinkInput {
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  return_to?: string;
}

export class SessionRefBody extends CommandInputBase implements SignInSessionRef {
  @IsUUID()
  session_id!: string;
}

/** For commands that take nothing. */
export class NoBody extends CommandInputBase {}

export class IdentityRefBody extends CommandInputBase implements IdentityRef {
  @IsUUID()
  identity_id!: string;
}

export class AgentTokenBody implements AgentTokenInput {
  @IsString()
  @MaxLength(200)
  token!: string;
}

export class AgentCreateBody extends CommandInputBase implements AgentCreateInput {
  @Line(LIMITS.NAME_CHARS)
  name!: string;

  @IsOptional()
  @Line(LIMITS.NAME_CHARS)
  model?: string;

  @Words(50)
  capabilities?: string[];

  @Words(50)
  languages?: string[];
}

export class AgentRefBody extends CommandInputBase implements AgentRef {
  @IsUUID()
  agent_id!: string;
}

export class AgentTokenCreateBody extends AgentRefBody implements AgentTokenCreateInput {
  @IsOptional()
  @Line(LIMITS.NAME_CHARS)
  label?: string;
}

export class AgentTokenRevokeBody extends AgentRefBody implements AgentTokenRevokeInput {
  @IsUUID()
  token_id!: string;
}

/** For reads that take nothing. */
export class NoInput {
  readonly [key: string]: never;
}

export class AgentListQuery extends PageInputBase {}

export class AgentRefQuery {
  @IsUUID()
  agent_id!: string;
}
