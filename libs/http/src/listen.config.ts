import { IsInt, IsString, Max, Min, MinLength } from 'class-validator';
import { EnvVar } from '@clawtank/config';

/** Where a separately deployed process listens. */
export class ListenConfig {
  @EnvVar('HOST')
  @IsString()
  @MinLength(1)
  host = '127.0.0.1';

  /** 0 takes any free port. */
  @EnvVar('PORT')
  @IsInt()
  @Min(0)
  @Max(65_535)
  port = 3000;
}
