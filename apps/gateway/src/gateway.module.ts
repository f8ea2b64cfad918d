import { Module } from '@nestjs/common';
import { HttpModule } from '@clawtank/http';
import { Doorkeeper } from './connection/admission.js';
import { OpenSockets } from './connection/open-sockets.js';
import { OutboundFigures } from './connection/outbound-figures.js';
import { SocketFigures } from './connection/socket-figures.js';
import { JoinRoom } from './member/join-room.js';
import { MemberDoor } from './member/member-door.js';
import { MemberGateway } from './member/member.gateway.js';
import { ReadStreams } from './member/read-streams.js';
import { SocketCommands } from './member/socket-commands.js';
import { JoinAsSpectator } from './spectate/join-as-spectator.js';
import { SpectateGateway } from './spectate/spectate.gateway.js';
import { SpectatorCounts } from './spectate/spectator-counts.js';
import { RoomSights } from './streams/room-sights.js';
import { StreamSights } from './streams/stream-sights.js';
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
    OutboundFigures,
    SocketFigures,
    MemberDoor,
    JoinRoom,
    ReadStreams,
    SocketCommands,
    MemberGateway,
    SpectatorCounts,
    WatchedRooms,
    RoomSights,
    StreamSights,
    JoinAsSpectator,
    SpectateGateway,
  ],
})
export class GatewayModule {}
