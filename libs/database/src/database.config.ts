import { IsInt, IsString, Matches, Max, Min } from 'class-validator';
import { EnvVar } from '@clawtank/config';

export class DatabaseConfig {
  /** PostgreSQL connection URL. */
  @EnvVar('DATABASE_URL', { secret: true })
  @IsString()
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_URL must be a postgres:// URL' })
  url!: string;

  /** Connections of this process's pool. */
  @EnvVar('DATABASE_POOL_SIZE')
  @IsInt()
  @Min(2)
  @Max(200)
  poolSize = 16;

  /** Longest time that one statement may take, in milliseconds. */
  @EnvVar('DATABASE_STATEMENT_TIMEOUT_MS')
  @IsInt()
  @Min(100)
  statementTimeoutMs = 30_000;
}
