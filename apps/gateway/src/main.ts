import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { HttpConfig, JsonLogger, ListenConfig, runProcess, SERVER_OPTIONS } from '@clawtank/http';
import { PlatformModule } from '@clawtank/platform';
import { GatewayModule } from './gateway.module.js';
import { prepareGateway } from './server/prepare.js';

runProcess(async () => {
  // Consumers and jobs run in the API processes unless this one is told to run them.
  const env = { CLAWTANK_WORKERS: 'false', ...process.env };
  @Module({ imports: [PlatformModule.forRoot({ env, configs: [HttpConfig, ListenConfig] }), GatewayModule] })
  class GatewayProcess {}
  const adapter = new FastifyAdapter({ ...SERVER_OPTIONS });
  const app = await NestFactory.create<NestFastifyApplication>(GatewayProcess, adapter, {
    bodyParser: false,
    logger: new JsonLogger(),
    abortOnError: false,
  });
  prepareGateway(app);
  return app;
});
