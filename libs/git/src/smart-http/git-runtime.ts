import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { invariant } from '@clawtank/kernel';
import { GitConfig } from '../git.config.js';
import { assertGitVersion } from '../local/git-version.js';
import { HookServer } from '../local/hook-server.js';
import { writeHooksFolder } from '../local/hooks-folder.js';
import { removeLeftovers } from '../local/leftovers.js';
import { LocalGitHost } from '../local/local-git-host.js';
import { Spawner } from '../local/spawner.js';
import { SmartHttp } from './smart-http.js';

/** The built-in host as it is configured; made before anything starts. */
export function makeLocalHost(config: GitConfig): LocalGitHost {
  const root = resolve(config.root);
  return new LocalGitHost({
    home: join(root, 'home'),
    root: join(root, 'repositories'),
    ...(Spawner.built ? { spawner: new Spawner() } : {}),
    rules: {
      maxPushBytes: config.maxPushBytes,
      maxImportBytes: config.maxImportBytes,
      timeoutMs: config.importTimeoutMs,
      ...(config.importCaFile ? { caFile: config.importCaFile } : {}),
    },
  });
}

const HOUR_MS = 3_600_000;

/** What this process keeps running for git: the socket that hooks ask at, and the smart-HTTP server. */
@Injectable()
export class GitRuntime implements OnModuleInit, OnApplicationShutdown {
  private hooks: HookServer | undefined;
  private server: SmartHttp | undefined;

  constructor(private readonly config: GitConfig) {}

  get smart(): SmartHttp {
    invariant(this.server, 'git was used before it was started');
    return this.server;
  }

  /** @throws git.unavailable when there is no git or one that is too old */
  async onModuleInit(): Promise<void> {
    const root = resolve(this.config.root);
    const home = join(root, 'home');
    await mkdir(home, { recursive: true });
    for (const folder of ['repositories', 'mirrors']) await mkdir(join(root, folder), { recursive: true });
    await assertGitVersion({ home });
    await removeLeftovers(join(root, 'repositories'), Math.max(HOUR_MS, 2 * this.config.importTimeoutMs));
    this.hooks = await HookServer.listen(root);
    this.server = new SmartHttp(
      {
        home,
        hooksFolder: await writeHooksFolder(root),
        timeoutMs: this.config.httpTimeoutMs,
        maxRunning: this.config.httpMaxRunning,
      },
      this.hooks,
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.server?.close();
    await this.hooks?.close();
  }
}
