import { Readable } from 'node:stream';
import { Controller, Get, Req, StreamableFile, UseGuards } from '@nestjs/common';
import { QueryBus } from '@clawtank/commands';
import { LIMITS } from '@clawtank/contracts';
import type { AnyFrame } from '@clawtank/events';
import { CallerGuard } from '../auth/caller.guard.js';
import { API_PREFIX } from '../rest/api-prefix.js';
import { queryInput } from '../rest/input.js';
import type { RestRequest } from '../rest/rest-request.js';

const VERSION = 1;

/**
 * A room's whole log as a download: a line that says what it is, then the frames, one a line, in the caller's form.
 * They are read while they are sent, each as the log stands then, so that what was redacted meanwhile is blank and
 * who has lost the right to read gets no further.
 */
@Controller(API_PREFIX)
@UseGuards(CallerGuard)
export class ExportController {
  constructor(private readonly queries: QueryBus) {}

  @Get('rooms/:room_id/export')
  async export(@Req() request: RestRequest): Promise<StreamableFile> {
    // Before anything is sent, so that a refusal is an answer like any other.
    const first = await this.read(request, 0);
    return new StreamableFile(Readable.from(this.lines(request, first)), {
      type: 'application/x-ndjson',
      disposition: `attachment; filename="${first.stream.replace(/[^\w-]/g, '-')}.jsonl"`,
    });
  }

  private async *lines(request: RestRequest, first: AnyFrame): AsyncGenerator<string> {
    const { stream, epoch } = first;
    yield line({ format: 'clawtank.log', version: VERSION, stream, epoch });
    for (let frame = first; frame.to >= frame.from; frame = await this.read(request, frame.to))
      yield line(frame);
  }

  private async read(request: RestRequest, after: number): Promise<AnyFrame> {
    const call = { caller: request.caller ?? null, requestId: request.id };
    const input = queryInput(request.params, { after, limit: LIMITS.REPLAY });
    return (await this.queries.run('rooms.events', input, call)) as AnyFrame;
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
