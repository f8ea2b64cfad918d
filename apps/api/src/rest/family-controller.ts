import {
  Controller,
  HttpCode,
  Inject,
  Req,
  RequestMapping,
  RequestMethod,
  Res,
  type Type,
  UseGuards,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AdminGuard } from '../auth/admin.guard.js';
import { CallerGuard } from '../auth/caller.guard.js';
import { LongPoll } from '../events/long-poll.js';
import type { Route, RouteFamily } from '../routes/route.js';
import { API_PREFIX } from './api-prefix.js';
import { RestDoor } from './rest-door.js';
import type { RestRequest } from './rest-request.js';

type Handler = (request: RestRequest, reply: FastifyReply) => Promise<unknown>;

interface Doors {
  readonly door: RestDoor;
  readonly longPoll: LongPoll;
}

/** Makes the Nest controller of one family: a method a line of its table, each one line into a door. */
export function controllerOf(family: RouteFamily): Type<Doors> {
  class FamilyController implements Doors {
    constructor(
      readonly door: RestDoor,
      readonly longPoll: LongPoll,
    ) {}
  }
  Object.defineProperty(FamilyController, 'name', { value: `${family.tag}Controller` });
  Inject(RestDoor)(FamilyController, undefined, 0);
  Inject(LongPoll)(FamilyController, undefined, 1);
  for (const route of family.routes) addRoute(FamilyController.prototype, route);
  UseGuards(family.adminsOnly ? AdminGuard : CallerGuard)(FamilyController);
  Controller(API_PREFIX)(FamilyController);
  return FamilyController;
}

function addRoute(prototype: object, route: Route): void {
  const descriptor = { value: handlerOf(route), writable: true, configurable: true };
  Object.defineProperty(prototype, route.name, descriptor);
  RequestMapping({ path: route.path, method: RequestMethod[route.method] })(
    prototype,
    route.name,
    descriptor,
  );
  HttpCode(route.status)(prototype, route.name, descriptor);
  Req()(prototype, route.name, 0);
  Res({ passthrough: true })(prototype, route.name, 1);
}

function handlerOf(route: Route): Handler {
  if (route.kind === 'command') {
    return function (this: Doors, request) {
      return this.door.command(route, request);
    };
  }
  if (route.waits) {
    return function (this: Doors, request, reply) {
      return this.longPoll.run(() => this.door.query(route, request), request, reply);
    };
  }
  return function (this: Doors, request) {
    return this.door.query(route, request);
  };
}
