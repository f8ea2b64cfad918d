import { IsBoolean, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { EnvVar } from '@clawtank/config';

const MOST = 1_000_000;

const Amount = (): PropertyDecorator => (target, property) => {
  for (const decorate of [IsInt(), Min(1), Max(MOST)]) decorate(target, property);
};

/** How much each caller may do: so much that nobody who works with ClawTank ever meets a limit. */
export class LimitsConfig {
  /** Redis in which all nodes keep one count; left out, each process counts for itself. */
  @EnvVar('REDIS_URL', { secret: true })
  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: 'REDIS_URL must be a redis:// URL' })
  redisUrl?: string;

  /** Says that `REDIS_URL` is a node of a Redis Cluster; where it names several hosts, it always is. */
  @EnvVar('REDIS_CLUSTER')
  @IsBoolean()
  redisCluster = false;

  @EnvVar('LIMITS_COMMANDS_PER_SECOND') @Amount() commandsPerSecond = 50;
  @EnvVar('LIMITS_COMMANDS_BURST') @Amount() commandsBurst = 200;

  @EnvVar('LIMITS_CHAT_PER_SECOND') @Amount() chatPerSecond = 5;
  @EnvVar('LIMITS_CHAT_BURST') @Amount() chatBurst = 30;

  /** For one login name from one address: passwords are not guessed at this pace. */
  @EnvVar('LIMITS_SIGN_IN_PER_MINUTE') @Amount() signInPerMinute = 10;
  @EnvVar('LIMITS_SIGN_IN_BURST') @Amount() signInBurst = 20;

  /** For everybody at one address, which may be an office. */
  @EnvVar('LIMITS_ADDRESS_SIGN_IN_PER_MINUTE') @Amount() addressSignInPerMinute = 300;
  @EnvVar('LIMITS_ADDRESS_SIGN_IN_BURST') @Amount() addressSignInBurst = 200;

  @EnvVar('LIMITS_ADDRESS_READS_PER_SECOND') @Amount() addressReadsPerSecond = 50;
  @EnvVar('LIMITS_ADDRESS_READS_BURST') @Amount() addressReadsBurst = 300;

  @EnvVar('LIMITS_ADDRESS_CONNECTIONS_PER_SECOND') @Amount() addressConnectionsPerSecond = 100;
  @EnvVar('LIMITS_ADDRESS_CONNECTIONS_BURST') @Amount() addressConnectionsBurst = 1_000;
}
