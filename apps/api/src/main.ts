import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HttpConfig, JsonLogger, ListenConfig, runProcess } from '@clawtank/http';
import { PlatformModule } from '@clawtank/platform';
import { ApiModule } from './api.module.js';
import { createAdapter } from './server/adapter.js';
import { prepareApi } from './server/prepare.js';

runProcess(async () => {
  @Module({ imports: [PlatformModule.forRoot({ configs: [HttpConfig, ListenConfig] }), ApiModule] })
  class ApiProcess {}
  const app = await NestFactory.create<NestFastifyApplication>(ApiProcess, createAdapter(), {
    bodyParser: false,
    logger: new JsonLogger(),
    abortOnError: false,
  });
  prepareApi(app);
  return app;
});
