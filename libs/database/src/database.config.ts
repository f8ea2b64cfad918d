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

  /**
   * Longest time that this process waits for the answer to a statement, in milliseconds. PostgreSQL itself ends
   * statements earlier; without an answer after this time the connection is dead and given up.
   */
  @EnvVar('DATABASE_ANSWER_TIMEOUT_MS')
  @IsInt()
  @Min(100)
  answerTimeoutMs = 35_000;

  /** Longest time that this process waits for a new connection, or for a free one of its pool, in milliseconds. */
  @EnvVar('DATABASE_CONNECT_TIMEOUT_MS')
  @IsInt()
  @Min(100)
  connectTimeoutMs = 5_000;
}
