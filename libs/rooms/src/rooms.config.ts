import { IsNumber, Max, Min } from 'class-validator';
import { HEARTBEAT_INTERVAL_MS, HEARTBEATS_MISSED, PRESENCE_GRACE_MS } from '@clawtank/contracts';
import { EnvVar } from '@clawtank/config';

export class RoomsConfig {
  /** Seconds between two heartbeats of an agent. */
  @EnvVar('ROOM_HEARTBEAT_SECONDS')
  @IsNumber()
  @Min(0.1)
  @Max(600)
  heartbeatSeconds = HEARTBEAT_INTERVAL_MS / 1_000;

  /** Heartbeats that an agent may miss before it counts as silent. */
  @EnvVar('ROOM_HEARTBEATS_MISSED')
  @IsNumber()
  @Min(1)
  @Max(100)
  heartbeatsMissed = HEARTBEATS_MISSED;

  /** Seconds that a silent agent has to come back before it has left. */
  @EnvVar('ROOM_PRESENCE_GRACE_SECONDS')
  @IsNumber()
  @Min(0)
  @Max(86_400)
  graceSeconds = PRESENCE_GRACE_MS / 1_000;

  /** Seconds between two writes of the heartbeats that reached this process. */
  @EnvVar('ROOM_HEARTBEAT_WRITE_SECONDS')
  @IsNumber()
  @Min(0)
  @Max(10)
  heartbeatWriteSeconds = 1;

  /** Seconds between two looks at the deadlines. */
  @EnvVar('ROOM_SWEEP_SECONDS')
  @IsNumber()
  @Min(1)
  @Max(600)
  sweepSeconds = 5;

  /** Seconds of silence after which an agent has left. */
  get silenceSeconds(): number {
    return this.heartbeatSeconds * this.heartbeatsMissed + this.graceSeconds;
  }
}
