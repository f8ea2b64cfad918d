import { Injectable } from '@nestjs/common';
import type { RecurringJob } from '@clawtank/database';

/** The rooms' recurring jobs: presence, archiving, completion. */
@Injectable()
export class RoomJobs {
  jobs(): RecurringJob[] {
    return [];
  }
}
