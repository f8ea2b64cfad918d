import type { INestApplication } from '@nestjs/common';
import { InvalidConfig } from '@clawtank/config';
import { ListenConfig } from './listen.config.js';

const STOP_LIMIT_MS = 20_000;

async function serve(create: () => Promise<INestApplication>): Promise<void> {
  const app = await create();
  app.enableShutdownHooks(['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref());
  }
  const { host, port } = app.get(ListenConfig, { strict: false });
  await app.listen(port, host);
  process.stdout.write(`listening at ${await app.getUrl()}\n`);
}

/**
 * Runs one app as a process of its own until it is told to stop, then drains it. A start that fails ends the
 * process with what is wrong, and settings that are wrong are named all at once.
 */
export function runProcess(create: () => Promise<INestApplication>): void {
  serve(create).catch((error: unknown) => {
    const text =
      error instanceof InvalidConfig
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  });
}
