import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CommandBus } from './command-bus.js';
import { QueryBus } from './query-bus.js';
import { HandlerRegistry } from './registry.js';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [HandlerRegistry, CommandBus, QueryBus],
  exports: [HandlerRegistry, CommandBus, QueryBus],
})
export class CommandsModule {}
