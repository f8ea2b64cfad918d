import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Bus } from './bus.js';

/** Closes the bus with the application. */
@Injectable()
export class BusLifecycle implements OnApplicationShutdown {
  constructor(private readonly bus: Bus) {}

  async onApplicationShutdown(): Promise<void> {
    await this.bus.close();
  }
}
