import { IsBoolean, IsOptional, Matches } from 'class-validator';
import { EnvVar } from '@clawtank/config';

export class BusConfig {
  /** Redis that carries news between processes; left out, the server is one process. */
  @EnvVar('REDIS_URL', { secret: true })
  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: 'REDIS_URL must be a redis:// URL' })
  redisUrl?: string;

  /** Says that `REDIS_URL` is a node of a Redis Cluster; where it names several hosts, it always is. */
  @EnvVar('REDIS_CLUSTER')
  @IsBoolean()
  redisCluster = false;
}
