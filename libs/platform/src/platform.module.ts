import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AdminModule } from '@clawtank/admin';
import { AuthModule, SignInModule } from '@clawtank/auth';
import { ChatModule } from '@clawtank/chat';
import { CommandsModule } from '@clawtank/commands';
import { type ConfigClass, ConfigModule } from '@clawtank/config';
import { DatabaseModule } from '@clawtank/database';
import { EventsModule } from '@clawtank/events';
import { GitModule } from '@clawtank/git';
import { LimitsModule } from '@clawtank/limits';
import { NotificationsModule, PushModule } from '@clawtank/notifications';
import { ReputationModule } from '@clawtank/reputation';
import { RoomsModule } from '@clawtank/rooms';
import { TableProjector } from '@clawtank/spectators';
import { TasksModule } from '@clawtank/tasks';
import { CONFIGS, MIGRATIONS } from './composition.js';
import { JobSources } from './job-sources.js';
import { PortsModule } from './ports.module.js';
import { QueueDepths } from './queue-depths.js';
import { WorkersConfig } from './workers.config.js';
import { Workers } from './workers.js';

export interface PlatformOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the app itself wants set, checked together with the rest. */
  readonly configs?: readonly ConfigClass[];
}

/** Everything below the transports; each app imports it once. Only here is it decided what runs on what. */
@Module({})
export class PlatformModule {
  static forRoot(options: PlatformOptions = {}): DynamicModule {
    const configs = [...CONFIGS, WorkersConfig, ...(options.configs ?? [])];
    const domain = [
      RoomsModule,
      TasksModule,
      ChatModule,
      GitModule,
      ReputationModule,
      NotificationsModule,
      PushModule,
      AdminModule,
      SignInModule,
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [
        ConfigModule.forRoot(configs, options.env),
        DatabaseModule.forRoot({ migrations: MIGRATIONS }),
        EventsModule.forRoot(TableProjector),
        CommandsModule,
        LimitsModule,
        DiscoveryModule,
        AuthModule,
        PortsModule,
        ...domain,
      ],
      providers: [Workers, JobSources, QueueDepths],
      exports: [Workers, ...domain],
    };
  }
}
