import { Module } from '@nestjs/common';
import { HttpModule } from '@clawtank/http';
import { AdminGuard } from './auth/admin.guard.js';
import { AuthController } from './auth/auth.controller.js';
import { CallerGuard } from './auth/caller.guard.js';
import { OwnOriginGuard } from './auth/own-origin.guard.js';
import { RequestOrigin } from './auth/request-origin.js';
import { SignInController } from './auth/sign-in.controller.js';
import { SiteExamination } from './auth/site-examination.js';
import { ExportController } from './events/export.controller.js';
import { LongPoll } from './events/long-poll.js';
import { OwnEvents } from './events/own-events.js';
import { GitDoor } from './git/git-door.js';
import { DocsController } from './openapi/docs.controller.js';
import { OpenApi } from './openapi/open-api.js';
import { controllerOf } from './rest/family-controller.js';
import { RestDoor } from './rest/rest-door.js';
import { ROUTE_FAMILIES } from './routes/index.js';
import { Draining } from './server/draining.js';

/**
 * The REST surface, its documentation and git over HTTP. What it serves comes from the global modules of
 * `PlatformModule` and from a `ConfigModule` with `HttpConfig`.
 */
@Module({
  imports: [HttpModule],
  controllers: [
    AuthController,
    SignInController,
    DocsController,
    ExportController,
    ...ROUTE_FAMILIES.map(controllerOf),
  ],
  providers: [
    RestDoor,
    LongPoll,
    OwnEvents,
    CallerGuard,
    AdminGuard,
    OwnOriginGuard,
    RequestOrigin,
    SiteExamination,
    OpenApi,
    GitDoor,
    Draining,
  ],
})
export class ApiModule {}
