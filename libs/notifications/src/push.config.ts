import { EnvVar } from '@clawtank/config';
import { IsBoolean, IsOptional, IsString, Matches } from 'class-validator';

export class PushConfig {
  /** Whom a push service may write to about this server's pushes: `mailto:` or `https:`. */
  @EnvVar('PUSH_CONTACT')
  @Matches(/^(mailto:\S+@\S+|https:\/\/\S+)$/)
  contact = 'mailto:admin@localhost';

  /** Certificates to trust for push services instead of the system's: a file of PEM. */
  @EnvVar('PUSH_CA_FILE')
  @IsOptional()
  @IsString()
  caFile?: string;

  /** Lets pushes go to addresses that are not the public internet's, for a push service of one's own. */
  @EnvVar('PUSH_PRIVATE_ADDRESSES')
  @IsBoolean()
  privateAddresses = false;
}
