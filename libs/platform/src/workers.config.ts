import { IsBoolean } from 'class-validator';
import { EnvVar } from '@clawtank/config';

export class WorkersConfig {
  /** Whether this process runs consumers and recurring jobs. Any number may; at least one must. */
  @EnvVar('CLAWTANK_WORKERS')
  @IsBoolean()
  enabled = true;
}
