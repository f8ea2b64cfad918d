import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createAdapter, prepareApi } from '@clawtank/api';
import { SetupCode } from '@clawtank/auth';
import { prepareGateway } from '@clawtank/gateway';
import { JsonLogger } from '@clawtank/http';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/index.js';
import { createFront } from './front.js';
import { listeningPort } from './listening-port.js';
import type { ServerOptions } from './options.js';
import { ServerModule } from './server.module.js';
import { StartError } from './start-error.js';
import { startWeb, type WebChild } from './web/web-child.js';

export interface StartedServer {
  readonly url: string;
  /** To be typed by whoever registers the first account from another machine; null once there is one. */
  readonly setupCode: string | null;
  /** Ends everything that was started: the pages, Nest with its drain, PostgreSQL last. */
  stop(): Promise<void>;
}

/**
 * Under root PostgreSQL runs as another account, which passes through the folder to its own files there; the
 * repositories are closed to it and to everybody else.
 */
async function makeDataDir(dataDir: string): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  try {
    await mkdir(dataDir, { recursive: true, mode: isRoot ? 0o711 : 0o700 });
    await mkdir(join(dataDir, 'git'), { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`Can't keep data in ${dataDir}: ${why}`);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Parts {
  postgres?: EmbeddedPostgres;
  app?: NestFastifyApplication;
  web?: WebChild | null;
}

async function stopAll(parts: Parts): Promise<void> {
  await parts.web?.stop();
  await parts.app?.close();
  await parts.postgres?.stop();
}

function urlOf(app: NestFastifyApplication, options: ServerOptions): { local: string; shown: string } {
  const address = app.getHttpServer().address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  const host = options.host === '0.0.0.0' || options.host === '::' ? '127.0.0.1' : options.host;
  const local = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  return { local, shown: options.publicUrl ?? local };
}

async function createApp(env: Environment, web: () => WebChild | null): Promise<NestFastifyApplication> {
  const adapter = createAdapter((nest) => createFront(nest, web));
  // The terminal belongs to the person who typed the command; a service sets LOG_LEVEL.
  const logger = new JsonLogger(env['LOG_LEVEL'] ?? 'warn');
  const app = await NestFactory.create<NestFastifyApplication>(ServerModule.forRoot(env), adapter, {
    bodyParser: false,
    logger,
    abortOnError: false,
  });
  prepareApi(app);
  prepareGateway(app);
  return app;
}

/**
 * Starts the all-in-one server: PostgreSQL from the installation unless DATABASE_URL names another, Nest, and the
 * pages as a child.
 * @throws StartError when the port or the folder can't be had; InvalidConfig; EmbeddedPostgresError
 */
export async function startServer(
  options: ServerOptions,
  log: (line: string) => void,
): Promise<StartedServer> {
  const parts: Parts = {};
  try {
    const port = await listeningPort(options);
    await makeDataDir(options.dataDir);
    const env: Record<string, string | undefined> = {
      GIT_ROOT: join(options.dataDir, 'git'),
      ...process.env,
    };
    if (!env['DATABASE_URL']) {
      parts.postgres = await startEmbeddedPostgres({ dataDir: options.dataDir, log });
      env['DATABASE_URL'] = parts.postgres.url;
    }
    const app = await createApp(env, () => parts.web ?? null);
    parts.app = app;
    await app.listen({ host: options.host, port });
    const { local, shown } = urlOf(app, options);
    parts.web = startWeb(local, log);
    await writeFile(
      join(options.dataDir, 'server.json'),
      `${JSON.stringify({ url: local, pid: process.pid })}\n`,
    );
    return { url: shown, setupCode: await app.get(SetupCode).pending(), stop: () => stopAll(parts) };
  } catch (error) {
    await stopAll(parts);
    throw error;
  }
}
