import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { GatewayAdapter } from './gateway-adapter.js';

/** Lets an application that embeds `GatewayModule` speak Socket.IO on its own HTTP server. Call it before `listen`. */
export function prepareGateway(app: INestApplication<Server>): void {
  app.useWebSocketAdapter(new GatewayAdapter(app));
}
