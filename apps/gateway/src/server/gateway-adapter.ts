import type { Server as HttpServer } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { LIMITS } from '@clawtank/contracts';
import { Server, type ServerOptions } from 'socket.io';
import { strictParser } from './strict-parser.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** What every Socket.IO server of ours is started with. Recovery is the log's work, so Socket.IO's is off. */
const OPTIONS: Partial<ServerOptions> = {
  path: '/socket.io',
  serveClient: false,
  transports: ['websocket'],
  allowUpgrades: false,
  perMessageDeflate: false,
  maxHttpBufferSize: LIMITS.SOCKET_FRAME_BYTES,
  connectTimeout: CONNECT_TIMEOUT_MS,
  parser: strictParser,
};

/** Puts the gateways' Socket.IO on the application's own HTTP server. */
export class GatewayAdapter extends IoAdapter {
  constructor(private readonly app: INestApplication<HttpServer>) {
    super(app);
  }

  /** Packets are answered before they become events, so no socket needs the handlers that Nest would bind to each. */
  override bindMessageHandlers(): void {
    return;
  }

  override createIOServer(): Server {
    return new Server(this.app.getHttpServer(), OPTIONS);
  }
}
