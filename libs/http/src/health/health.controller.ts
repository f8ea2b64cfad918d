import { Controller, Get, Header, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Metrics } from '../metrics/metrics.js';
import { Readiness } from './readiness.js';

/** What the machinery around a process asks it. */
@Controller()
export class HealthController {
  constructor(
    private readonly server: HttpAdapterHost,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  /** Alive: the event loop turns. */
  @Get('healthz')
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  async readyz(@Res() response: unknown): Promise<void> {
    const report = await this.readiness.report();
    this.server.httpAdapter.reply(response, report, report.status === 'not_ready' ? 503 : 200);
  }

  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  text(): Promise<string> {
    return this.metrics.text();
  }
}
