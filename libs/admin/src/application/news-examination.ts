import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { Bus, BusConfig } from '@clawtank/events';
import { ailing, Examination, type Finding, newId, well } from '@clawtank/kernel';

const PATIENCE_MS = 3_000;

/** Whether news between processes travels: one is sent around. */
@Injectable()
export class NewsExamination extends Examination {
  constructor(
    private readonly bus: Bus,
    private readonly config: BusConfig,
  ) {
    super();
  }

  override async examine(): Promise<readonly Finding[]> {
    if (!this.config.redisUrl)
      return [well('redis', 'News stays in this process. More processes need REDIS_URL.')];
    const begun = performance.now();
    const came = await this.sendAround();
    const took = `${(performance.now() - begun).toFixed(1)} ms`;
    return [
      came
        ? well('redis', `News went through Redis and came back in ${took}.`)
        : ailing(
            'redis',
            'broken',
            'News did not come back through Redis. Readers still find everything, up to five seconds late.',
            'See that Redis runs and that REDIS_URL reaches it; the log of this node says what it answers.',
          ),
    ];
  }

  private async sendAround(): Promise<boolean> {
    const channel = `clawtank:examined:${newId()}`;
    let hear = (_came: boolean): void => undefined;
    const heard = new Promise<boolean>((resolve) => (hear = resolve));
    const timer = setTimeout(() => hear(false), PATIENCE_MS);
    const subscribed = this.bus.subscribe(channel, () => hear(true));
    subscribed.then(() => this.bus.publish(channel, '')).catch(() => hear(false));
    try {
      return await heard;
    } finally {
      clearTimeout(timer);
      // Nobody waits for a Redis that is away; should it come back, nothing is left behind in it.
      subscribed.then((stop) => stop()).catch(() => undefined);
    }
  }
}
