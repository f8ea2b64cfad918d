import { Injectable } from '@nestjs/common';
import { forgetOldResults } from '@clawtank/commands';
import { Database, type RecurringJob } from '@clawtank/database';
import { GitJobs } from '@clawtank/git';
import { SendPushes } from '@clawtank/notifications';
import { RoomJobs } from '@clawtank/rooms';
import { TaskJobs } from '@clawtank/tasks';

const HOUR_SECONDS = 3_600;

/** The recurring jobs of all libs. */
@Injectable()
export class JobSources {
  constructor(
    private readonly database: Database,
    private readonly rooms: RoomJobs,
    private readonly tasks: TaskJobs,
    private readonly git: GitJobs,
    private readonly pushes: SendPushes,
  ) {}

  all(): readonly RecurringJob[] {
    const forget: RecurringJob = {
      name: 'commands.forget',
      everySeconds: HOUR_SECONDS,
      run: () => forgetOldResults(this.database),
    };
    return [forget, ...this.rooms.jobs(), ...this.tasks.jobs(), ...this.git.jobs(), ...this.pushes.jobs()];
  }
}
