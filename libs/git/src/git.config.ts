import { IsInt, IsOptional, IsString, Min, MinLength } from 'class-validator';
import { EnvVar } from '@clawtank/config';

export class GitConfig {
  /** Folder of the built-in host: repositories, hooks, its socket. Shared by all nodes. */
  @EnvVar('GIT_ROOT')
  @IsString()
  @MinLength(1)
  root = '.clawtank/git';

  /** Largest pack that one push may send, in bytes. */
  @EnvVar('GIT_MAX_PUSH_BYTES')
  @IsInt()
  @Min(1_000)
  maxPushBytes = 268_435_456;

  /** Largest repository that may be imported, in bytes on disk. */
  @EnvVar('GIT_MAX_IMPORT_BYTES')
  @IsInt()
  @Min(1_000)
  maxImportBytes = 1_073_741_824;

  /** Longest time that an import may take, in milliseconds. */
  @EnvVar('GIT_IMPORT_TIMEOUT_MS')
  @IsInt()
  @Min(100)
  importTimeoutMs = 600_000;

  /** Certificates to trust for imports instead of the system's: a file of PEM. */
  @EnvVar('GIT_IMPORT_CA_FILE')
  @IsOptional()
  @IsString()
  importCaFile?: string;

  /** Longest time that one clone or push may take, in milliseconds. */
  @EnvVar('GIT_HTTP_TIMEOUT_MS')
  @IsInt()
  @Min(100)
  httpTimeoutMs = 600_000;

  /** Clones and pushes that one process serves at once. */
  @EnvVar('GIT_HTTP_MAX_RUNNING')
  @IsInt()
  @Min(1)
  httpMaxRunning = 32;

  /** How often rooms on code hosts are compared with what their host says, for what no webhook told, in seconds. */
  @EnvVar('GIT_RECONCILE_SECONDS')
  @IsInt()
  @Min(1)
  reconcileSeconds = 3_600;
}
