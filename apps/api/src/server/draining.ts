import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';

/** Whether the server has begun to stop: an answer then ends its connection, which would keep it from stopping. */
@Injectable()
export class Draining implements BeforeApplicationShutdown {
  private begun = false;

  get now(): boolean {
    return this.begun;
  }

  beforeApplicationShutdown(): void {
    this.begun = true;
  }
}
