import { IsOptional, Matches } from 'class-validator';
import { EnvVar } from '@clawtank/config';

export class BusConfig {
  /** Redis that carries news between processes; left out, the server is one process. */
  @EnvVar('REDIS_URL', { secret: true })
  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: 'REDIS_URL must be a redis:// URL' })
  redisUrl?: string;
}
