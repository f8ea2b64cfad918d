import { Injectable } from '@nestjs/common';
import { clientAddress, HttpConfig, isLoopback } from '@clawtank/http';
import type { RestRequest } from '../rest/rest-request.js';

const COMMAND_LINE = 'clawtank-cli';

/** Where a request came from, and what address it came to, as far as the proxies in front are trusted. */
@Injectable()
export class RequestOrigin {
  constructor(private readonly config: HttpConfig) {}

  address(request: RestRequest): string {
    return clientAddress(request.raw, this.config.proxyHops);
  }

  /** Where a session is used; the command line says of itself what it is in the body. */
  place(request: RestRequest, isCommandLine: boolean): { userAgent: string; address: string } {
    const userAgent = isCommandLine ? COMMAND_LINE : (request.headers['user-agent'] ?? '');
    return { userAgent, address: this.address(request) };
  }

  /** A proxy on this machine speaks for others: what it forwards does not come from here. */
  isLocal(request: RestRequest): boolean {
    const forwarded = this.config.proxyHops === 0 && request.headers['x-forwarded-for'] !== undefined;
    return !forwarded && isLoopback(this.address(request));
  }

  /** The browser came over TLS. */
  isSecure(request: RestRequest): boolean {
    const forwarded = this.config.proxyHops > 0 && request.headers['x-forwarded-proto'] === 'https';
    return forwarded || (this.config.publicUrl?.startsWith('https:') ?? false);
  }

  /** The address that people open, where it is configured. */
  get publicSite(): string | null {
    return this.config.publicUrl ? new URL(this.config.publicUrl).origin : null;
  }

  /** The address that people open: what is configured, else what this request came to. */
  site(request: RestRequest): string {
    if (this.publicSite) return this.publicSite;
    const address = `${this.isSecure(request) ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`;
    return URL.canParse(address) ? new URL(address).origin : 'http://localhost';
  }
}
