import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { HttpConfig, isOwnOrigin, refuse } from '@clawtank/http';
import type { RestRequest } from '../rest/rest-request.js';

/** Keeps pages of other sites away from routes that a cookie opens. */
@Injectable()
export class OwnOriginGuard implements CanActivate {
  constructor(private readonly config: HttpConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<RestRequest>();
    if (isOwnOrigin(headers.origin, headers.host, this.config.publicUrl)) return true;
    throw refuse('origin.foreign', {});
  }
}
