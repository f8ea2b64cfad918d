import { IsOptional, MinLength } from 'class-validator';
import { EnvVar } from '@clawtank/config';

export class AuthConfig {
  /** Signs access tokens. Left out, the server makes one and keeps it in its database. */
  @EnvVar('JWT_SECRET', { secret: true })
  @IsOptional()
  @MinLength(32)
  jwtSecret?: string;
}
