import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { Metrics } from './metrics/metrics.js';
import { ProblemFilter } from './problem/problem.filter.js';

/** What every process that answers HTTP has, once however many apps it embeds. */
@Global()
@Module({
  controllers: [HealthController],
  providers: [Metrics, Readiness, { provide: APP_FILTER, useClass: ProblemFilter }],
  exports: [Metrics, Readiness],
})
export class HttpModule {}
