import { Global, Module, type Provider, type Type } from '@nestjs/common';
import { ChatModule, ChatSystemLine } from '@clawtank/chat';
import { GitImportGate, GitModule, GitRepositoryContext, GitRoomFinisher } from '@clawtank/git';
import {
  ClaimClock,
  ImportGate,
  RepositoryContext,
  RoomFinisher,
  SnapshotProjector,
  SystemLine,
} from '@clawtank/rooms';
import { TableSnapshotProjector } from '@clawtank/spectators';
import { TaskClaimClock, TasksModule } from '@clawtank/tasks';

type Port<T> = abstract new () => T;

function bind<T>(port: Port<T>, implementation: Type<T>): Provider {
  return { provide: port, useExisting: implementation };
}

const BINDINGS = [
  bind(SystemLine, ChatSystemLine),
  bind(ClaimClock, TaskClaimClock),
  bind(SnapshotProjector, TableSnapshotProjector),
  bind(RepositoryContext, GitRepositoryContext),
  bind(ImportGate, GitImportGate),
  bind(RoomFinisher, GitRoomFinisher),
];

/** Gives each port that a lower lib owns the implementation of the lib above it. */
@Global()
@Module({
  imports: [ChatModule, TasksModule, GitModule],
  providers: [TableSnapshotProjector, ...BINDINGS],
  exports: [SystemLine, ClaimClock, SnapshotProjector, RepositoryContext, ImportGate, RoomFinisher],
})
export class PortsModule {}
