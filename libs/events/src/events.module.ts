import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { AudienceProjector } from './audience.js';
import { BusConfig } from './bus/bus.config.js';
import { Bus } from './bus/bus.js';
import { BusLifecycle } from './bus/bus-lifecycle.js';
import { InProcessBus } from './bus/in-process-bus.js';
import { RedisBus } from './bus/redis-bus.js';
import { ConsumerRunner } from './consumers/consumer-runner.js';
import { StreamHub } from './feed/stream-hub.js';
import { LogReader } from './log/log-reader.js';
import { UnitOfWork } from './log/unit-of-work.js';

const bus: Provider = {
  provide: Bus,
  inject: [BusConfig],
  useFactory: ({ redisUrl, redisCluster }: BusConfig) =>
    redisUrl ? new RedisBus(redisUrl, redisCluster) : new InProcessBus(),
};

/** The log and its delivery. The app passes the projector in, since only it knows the lib that has the table. */
@Module({})
export class EventsModule {
  static forRoot(projector: new () => AudienceProjector): DynamicModule {
    const parts = [UnitOfWork, LogReader, StreamHub, ConsumerRunner];
    return {
      module: EventsModule,
      global: true,
      providers: [bus, BusLifecycle, { provide: AudienceProjector, useClass: projector }, ...parts],
      exports: [Bus, AudienceProjector, ...parts],
    };
  }
}
