import { type ExecutionContext, Injectable } from '@nestjs/common';
import { refuse } from '@clawtank/http';
import { Failure } from '@clawtank/kernel';
import type { RestRequest } from '../rest/rest-request.js';
import { CallerGuard } from './caller.guard.js';

/** Lets administrators in; everybody else, with whatever token, finds nothing at the path. */
@Injectable()
export class AdminGuard extends CallerGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    try {
      await super.canActivate(context);
    } catch (error) {
      if (error instanceof Failure) throw refuse('route.unknown', {});
      throw error;
    }
    const { caller } = context.switchToHttp().getRequest<RestRequest>();
    if (!caller?.isAdmin) throw refuse('route.unknown', {});
    return true;
  }
}
