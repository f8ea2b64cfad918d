import { Module } from '@nestjs/common';
import { HttpModule } from '@clawtank/http';
import { Doorkeeper } from './connection/admission.js';
import { OpenSockets } from './connection/open-sockets.js';
import { JoinRoom } from './member/join-room.js';
import { MemberDoor } from './member/member-door.js';
import { MemberGateway } from './member/member.gateway.js';
import { ReadStreams } from './member/read-streams.js';
import { SocketCommands } from './member/socket-commands.js';
import { JoinAsSpectator } from './spectate/join-as-spectator.js';
import { SpectateGateway } from './spectate/spectate.gateway.js';
import { SpectatorCounts } from './spectate/spectator-counts.js';
import { SpectatorFigures } from './spectate/spectator-figures.js';
import { WatchedRooms } from './spectate/watched-rooms.js';

/**
 * Socket.IO for members and spectators; the application is prepared by `prepareGateway`. What it serves comes from the
 * global modules of `PlatformModule` and from a `ConfigModule` with `HttpConfig`.
 */
@Module({
  imports: [HttpModule],
  providers: [
    Doorkeeper,
    OpenSockets,
    MemberDoor,
    JoinRoom,
    ReadStreams,
    SocketCommands,
    MemberGateway,
    SpectatorCounts,
    SpectatorFigures,
    WatchedRooms,
    JoinAsSpectator,
    SpectateGateway,
  ],
})
export class GatewayModule {}
