import { IsInt, IsOptional, IsUrl, Max, Min } from 'class-validator';
import { EnvVar } from '@clawtank/config';

export class HttpConfig {
  /** The address people open, where it differs from what reaches this process: `https://tank.example.org`. */
  @EnvVar('CLAWTANK_URL')
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  publicUrl?: string;

  /** Reverse proxies in front that set `X-Forwarded-For`; 0 trusts the connection's own address alone. */
  @EnvVar('TRUST_PROXY_HOPS')
  @IsInt()
  @Min(0)
  @Max(10)
  proxyHops = 0;
}
