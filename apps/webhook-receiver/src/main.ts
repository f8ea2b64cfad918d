import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { HttpConfig, JsonLogger, ListenConfig, runProcess, SERVER_OPTIONS } from '@clawtank/http';
import { PlatformModule } from '@clawtank/platform';
import { WebhookReceiverModule } from './webhook-receiver.module.js';

runProcess(async () => {
  const env = { CLAWTANK_WORKERS: 'false', ...process.env };
  @Module({
    imports: [PlatformModule.forRoot({ env, configs: [HttpConfig, ListenConfig] }), WebhookReceiverModule],
  })
  class WebhookProcess {}
  const adapter = new FastifyAdapter({ ...SERVER_OPTIONS });
  return NestFactory.create<NestFastifyApplication>(WebhookProcess, adapter, {
    bodyParser: false,
    logger: new JsonLogger(),
    abortOnError: false,
  });
});
