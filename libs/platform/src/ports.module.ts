import { Global, Module, type Provider, type Type } from '@nestjs/common';
import { AdminAccountAudit, Examinations } from '@clawtank/admin';
import { AccountAudit } from '@clawtank/auth';
import { DiscoveryModule } from '@nestjs/core';
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
import { SpectatorFigures, SpectatorTallies, TableSnapshotProjector } from '@clawtank/spectators';
import { TaskClaimClock, TasksModule } from '@clawtank/tasks';
import { DiscoveredExaminations } from './discovered-examinations.js';

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
  bind(AccountAudit, AdminAccountAudit),
  bind(Examinations, DiscoveredExaminations),
];

/** Gives each port that a lower lib owns the implementation of the lib above it. */
@Global()
@Module({
  imports: [DiscoveryModule, ChatModule, TasksModule, GitModule],
  providers: [
    AdminAccountAudit,
    DiscoveredExaminations,
    TableSnapshotProjector,
    SpectatorTallies,
    SpectatorFigures,
    ...BINDINGS,
  ],
  exports: [
    SystemLine,
    ClaimClock,
    SnapshotProjector,
    RepositoryContext,
    ImportGate,
    RoomFinisher,
    AccountAudit,
    Examinations,
    SpectatorTallies,
  ],
})
export class PortsModule {}
