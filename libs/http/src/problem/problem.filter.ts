import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { toWireError } from '@clawtank/commands';
import { reportTo } from '../logging/report-to.js';
import { fromHttpError } from './http-error.js';
import { problemHeaders, toProblem } from './problem.js';

interface Identified {
  readonly id?: string;
}

/** Every error of every HTTP route, of its body parser and of the router leaves through here. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly report = reportTo(new Logger('http'));

  constructor(private readonly server: HttpAdapterHost) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const { httpAdapter } = this.server;
    const request: Identified = host.switchToHttp().getRequest();
    const response: unknown = host.switchToHttp().getResponse();
    const error = toWireError(fromHttpError(thrown), request.id ?? '', this.report);
    if (httpAdapter.isHeadersSent(response)) return;
    for (const [name, value] of Object.entries(problemHeaders(error))) {
      httpAdapter.setHeader(response, name, value);
    }
    const problem = toProblem(error);
    httpAdapter.reply(response, problem, problem.status);
  }
}
