import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { UnitOfWork } from '@clawtank/events';
import { fail } from '../domain/failures.js';
import { branchRef } from '../domain/ref-names.js';
import { findRepository } from '../persistence/repositories.js';
import { GitSweep } from './git-sweep.js';
import { type GitCredentials, type GitUser, GitUsers } from './git-user.js';
import { tellRefusal } from './tell-refusal.js';

export interface WantedAccess {
  readonly slug: string;
  readonly service: 'git-upload-pack' | 'git-receive-pack';
}

/** Lets a git client in, as far as can be said before it has sent anything. */
@Injectable()
export class GitAccess {
  constructor(
    private readonly users: GitUsers,
    private readonly sweep: GitSweep,
    private readonly database: Database,
    private readonly work: UnitOfWork,
  ) {}

  /**
   * @returns undefined for credentials that are nobody's
   * @throws git.stale_claim, git.read_only, git.not_ready, and what says that the room may not be seen
   */
  async open({ slug, service }: WantedAccess, credentials: GitCredentials): Promise<GitUser | undefined> {
    const user = await this.users.identify(slug, credentials);
    if (!user) return undefined;
    if (user.kind === 'claim' && !user.claim.current) {
      const stale = fail('git.stale_claim', {});
      const ref = branchRef(user.claim.branch);
      if (service === 'git-receive-pack') await this.work.run((tx) => tellRefusal(tx, user, ref, stale));
      throw stale;
    }
    if (user.kind === 'reader' && service === 'git-receive-pack') throw fail('git.read_only', {});
    const state = await this.stateOf(user);
    if (state !== 'ready' && !(user.kind === 'setup' && state === 'awaiting_push'))
      throw fail('git.not_ready', {});
    return user;
  }

  /** Whoever pushes a new room's first branches may be faster than its set-up, which is then done at once. */
  private async stateOf(user: GitUser): Promise<string | undefined> {
    const state = await this.lookUp(user.roomId);
    if (user.kind !== 'setup' || state === 'awaiting_push' || state === 'ready') return state;
    await this.sweep.run();
    return this.lookUp(user.roomId);
  }

  private async lookUp(roomId: string): Promise<string | undefined> {
    return (await this.database.transaction((tx) => findRepository(tx, roomId)))?.state;
  }
}
