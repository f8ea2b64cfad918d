import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { ERROR_STATUS } from '@clawtank/contracts';
import { Failure } from '@clawtank/kernel';
import { AfterPush } from '../application/after-push.js';
import { GitAccess } from '../application/git-access.js';
import type { GitUser } from '../application/git-user.js';
import { JudgePush } from '../application/judge-push.js';
import { RoomHosts } from '../application/room-hosts.js';
import type { RefUpdate } from '../domain/push-policy.js';
import { parseBasicCredentials } from './basic-credentials.js';
import { GitRuntime } from './git-runtime.js';
import { answerPlain, askForCredentials, refuse } from './refusals.js';
import type { SmartExchange } from './smart-http.js';
import { parseSmartRequest, type SmartRequest } from './smart-path.js';

/** Where the apps mount git: `/git/<slug>.git`. */
const MOUNT = /^\/git(?=\/)/;

/** The door for git clients. The apps hand it plain requests, past every body parser. */
@Injectable()
export class GitHttp {
  private readonly log = new Logger(GitHttp.name);

  constructor(
    private readonly runtime: GitRuntime,
    private readonly hosts: RoomHosts,
    private readonly access: GitAccess,
    private readonly judge: JudgePush,
    private readonly pushes: AfterPush,
  ) {}

  /**
   * Answers one request below `/git`. Resolves when it is over; never rejects.
   * @param address the client's network address
   */
  async handle(req: IncomingMessage, res: ServerResponse, address: string): Promise<void> {
    const request = parseSmartRequest(req.method ?? '', (req.url ?? '').replace(MOUNT, ''));
    const credentials = parseBasicCredentials(req.headers.authorization);
    if (!credentials) return askForCredentials(res);
    if (!request) return answerPlain(res, 404, 'There is nothing here.');
    try {
      const user = await this.access.open(request, { ...credentials, address });
      if (user) await this.runtime.smart.serve(req, res, await this.exchange(request, user));
      else askForCredentials(res);
    } catch (error) {
      this.answerError(res, request, error);
    }
  }

  private async exchange(request: SmartRequest, user: GitUser): Promise<SmartExchange> {
    const { roomId, actor } = user;
    let accepted: { readonly pushId: string; readonly updates: readonly RefUpdate[] } | undefined;
    return {
      request,
      repositoryPath: await this.hosts.folderOf(roomId),
      user: actor.id || actor.kind,
      decide: async (pushId, updates) => {
        const verdicts = await this.judge.run(user, pushId, updates);
        if (verdicts.every(({ allowed }) => allowed)) accepted = { pushId, updates };
        return verdicts;
      },
      afterPush: async () => {
        if (accepted === undefined) return;
        const { pushId, updates } = accepted;
        await this.hosts.passOn(roomId, updates).catch(async (error: unknown) => {
          await this.pushes.giveUp(roomId, pushId);
          throw error;
        });
        await this.pushes.record(roomId, pushId);
        // The push is recorded; a look that fails is made up for by the sweep.
        await this.pushes.check(roomId).catch((error: unknown) => this.log.error(String(error)));
      },
    };
  }

  private answerError(res: ServerResponse, request: SmartRequest, error: unknown): void {
    if (!(error instanceof Failure))
      this.log.error(error instanceof Error ? (error.stack ?? '') : String(error));
    if (res.headersSent || res.destroyed) return void res.destroy();
    if (!(error instanceof Failure)) return answerPlain(res, 500, 'Something went wrong on the server.');
    const status = Object.entries(ERROR_STATUS).find(([code]) => code === error.code)?.[1] ?? 500;
    if (status === 401) return askForCredentials(res);
    // A room that may not be seen looks like one that is missing, also to git.
    if (status === 404) return answerPlain(res, 404, 'There is nothing here.');
    refuse(res, request, status, error);
  }
}
