import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { TokenVerifier } from '@clawtank/auth';
import { clientAddress, HttpConfig, isLoopback } from '@clawtank/http';
import { Limits } from '@clawtank/limits';
import type { RestRequest } from '../rest/rest-request.js';
import { bearerToken } from './bearer.js';

/**
 * Tells a request's handler who calls. A request without a token passes as a stranger's, and the buses refuse
 * it where strangers have no place; one with a bad token never does.
 */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly config: HttpConfig,
    private readonly limits: Limits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<RestRequest>();
    const token = bearerToken(request.headers.authorization, request.query);
    const address = clientAddress(request.raw, this.config.proxyHops);
    // Pages that this machine renders for others come from its own address.
    if (token === null && !isLoopback(address)) await this.limits.read(address);
    request.caller = token === null ? null : (await this.verifier.verify(token, address)).caller;
    return true;
  }
}
