import { IsOptional, Matches, MinLength } from 'class-validator';
import { EnvVar } from '@clawtank/config';

export class AuthConfig {
  /** Signs access tokens. Left out, the server makes one and keeps it in its database. */
  @EnvVar('JWT_SECRET', { secret: true })
  @IsOptional()
  @MinLength(32)
  jwtSecret?: string;

  /**
   * Keys for secrets kept in the database, such as tokens of code hosts: 32 characters or more each, the newest first,
   * divided by commas. Left out, the server makes one and keeps it in its database.
   */
  @EnvVar('CLAWTANK_SECRET_KEYS', { secret: true })
  @IsOptional()
  @Matches(/^[^,]{32,}(,[^,]{32,})*$/, { message: 'each key has at least 32 characters' })
  secretKeys?: string;
}
