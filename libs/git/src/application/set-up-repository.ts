import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { type LogTx, SYSTEM_ACTOR, UnitOfWork } from '@clawtank/events';
import { Failure, systemClock } from '@clawtank/kernel';
import {
  lockRoomById,
  type RepositoryRequest,
  setRepositoryHead,
  setSetupError,
  triggerRoom,
} from '@clawtank/rooms';
import { rememberWork } from '@clawtank/tasks';
import { fail } from '../domain/failures.js';
import type { CommitRecord } from '../domain/git-objects.js';
import { branchOf, HEADS } from '../domain/ref-names.js';
import { saveCommit } from '../persistence/commits.js';
import { saveMove } from '../persistence/refs.js';
import { findRepository, releaseSetup, saveRepositoryState, takeSetup } from '../persistence/repositories.js';
import { GitHost, type RepositorySource, type RepositoryState } from './git-host.js';

/** A node that dies at it is followed by another after this time. */
const HELD_SECONDS = 30;
const PROLONG_MS = 10_000;
const FIRST_COMMITS = 50;

/** Makes a new room's repository and tells the room when it is ready, or what went wrong. */
@Injectable()
export class SetUpRepository {
  private readonly log = new Logger(SetUpRepository.name);

  constructor(
    private readonly host: GitHost,
    private readonly database: Database,
    private readonly work: UnitOfWork,
  ) {}

  /** Carries out one request, unless it is done or another node is at it. */
  async run(request: RepositoryRequest): Promise<void> {
    if (!(await this.take(request, false))) return;
    const timer = setInterval(() => void this.take(request, true).catch(() => undefined), PROLONG_MS);
    try {
      await this.make(request);
    } catch (error) {
      await this.tellFailure(request, error);
    } finally {
      clearInterval(timer);
    }
  }

  /**
   * Records the branches of a repository that was just made or filled, and makes the room ready. Without a
   * branch yet nothing happens.
   */
  async finish(roomId: string): Promise<void> {
    const state = await this.host.state(roomId);
    const defaultRef = pickDefault(state);
    const head = state.tips.find(({ ref }) => ref === defaultRef)?.sha;
    if (!head) return;
    if (defaultRef !== state.defaultRef) await this.host.setDefaultRef(roomId, defaultRef);
    const { commits } = await this.host.commits(roomId, { to: head, known: [], limit: FIRST_COMMITS });
    await this.work.run((tx) => makeReady(tx, roomId, { ...state, defaultRef }, head, commits));
  }

  private take(request: RepositoryRequest, prolong: boolean): Promise<boolean> {
    const { roomId, host, attempt } = request;
    return this.database.transaction((tx) =>
      takeSetup(tx, { roomId, host, attempt, seconds: HELD_SECONDS, prolong }),
    );
  }

  private async make(request: RepositoryRequest): Promise<void> {
    const { roomId } = request;
    await this.host.create(roomId, sourceOf(request));
    if (request.source !== 'push') return this.finishOrFail(roomId);
    const { defaultRef } = await this.host.state(roomId);
    await this.database.transaction((tx) => saveRepositoryState(tx, roomId, 'awaiting_push', defaultRef));
  }

  private async finishOrFail(roomId: string): Promise<void> {
    await this.finish(roomId);
    const repository = await this.database.transaction((tx) => findRepository(tx, roomId));
    if (repository?.state === 'ready') return;
    // An empty repository was imported: the next attempt fetches anew.
    await this.host.remove(roomId);
    throw fail('git.import_failed', { why: 'the repository has no branch' });
  }

  private async tellFailure(request: RepositoryRequest, error: unknown): Promise<void> {
    if (!(error instanceof Failure)) this.log.error(`set-up of ${request.roomId}: ${String(error)}`);
    const text = error instanceof Failure ? error.message : 'The repository could not be set up.';
    await this.work.run(async (tx) => {
      if (!(await lockRoomById(tx, request.roomId))) return;
      await setSetupError(tx, request.roomId, text);
      await releaseSetup(tx, request.roomId);
    });
  }
}

function sourceOf(request: RepositoryRequest): RepositorySource {
  if (request.source === 'import') return { kind: 'import', url: request.url ?? '' };
  return request.source === 'push' ? { kind: 'push' } : { kind: 'empty', at: systemClock.now() };
}

/** The default branch, if it has a commit; else what people usually call it; else the first there is. */
function pickDefault({ defaultRef, tips }: RepositoryState): string {
  const heads = tips.map(({ ref }) => ref).filter((ref) => ref.startsWith(HEADS));
  const wanted = [defaultRef, `${HEADS}main`, `${HEADS}master`, `${HEADS}trunk`];
  return wanted.find((ref) => heads.includes(ref)) ?? heads[0] ?? defaultRef;
}

/** What was there before the room is no event of the room; its commits are known all the same. */
async function makeReady(
  tx: LogTx,
  roomId: string,
  { tips, defaultRef }: RepositoryState,
  head: string,
  commits: readonly CommitRecord[],
): Promise<void> {
  const room = await lockRoomById(tx, roomId);
  const repository = room && (await findRepository(tx, roomId));
  if (!room || !repository || repository.state === 'ready') return;
  const branch = branchOf(defaultRef) ?? '';
  for (const { ref, sha } of tips) {
    await saveMove(tx, roomId, {
      ref,
      from: null,
      to: sha,
      move: 1,
      actor: SYSTEM_ACTOR,
      taskId: null,
      refTaskId: null,
    });
  }
  for (const commit of commits) {
    const files = commit.files.map(({ path }) => path).slice(0, 200);
    await rememberWork(tx, roomId, { ...commit, files, taskId: null });
    await saveCommit(tx, roomId, {
      ...commit,
      branch,
      files,
      authorName: commit.author,
      agentId: null,
      taskId: null,
    });
  }
  await saveRepositoryState(tx, roomId, 'ready', defaultRef);
  await setRepositoryHead(tx, roomId, { defaultBranch: branch, headSha: head });
  const data = { branch, action: 'created', old_sha: null, sha: head, task_id: null } as const;
  tx.appendToRoom(roomId, { type: 'git.branch', actor: SYSTEM_ACTOR, data });
  await triggerRoom(tx, room, 'repository_ready');
}
