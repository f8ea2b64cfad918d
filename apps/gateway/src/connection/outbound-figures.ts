import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '@clawtank/http';
import { WatchedRooms } from '../spectate/watched-rooms.js';
import { OpenSockets } from './open-sockets.js';

/** Shows how much waits for readers who take less than is sent. */
@Injectable()
export class OutboundFigures implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly members: OpenSockets,
    private readonly spectators: WatchedRooms,
  ) {}

  onModuleInit(): void {
    this.metrics.watch({
      name: 'clawtank_outbound_bytes',
      help: 'Bytes that wait for readers of this process who have not taken them yet.',
      label: 'audience',
      read: () => ({ member: this.members.waitingBytes, spectator: this.spectators.waitingBytes }),
    });
  }
}
