import { Injectable } from '@nestjs/common';
import { Failure } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import type { RefTip } from '../domain/git-objects.js';
import { branchRef } from '../domain/ref-names.js';
import type { ClaimAccess } from './access.js';
import { GitHost } from './git-host.js';

/** Where the branches of claims start. */
@Injectable()
export class ClaimBranches {
  constructor(private readonly host: GitHost) {}

  /** Where a claim's branch stands, or would start: at what an earlier claim left, else at the default branch. */
  async plan({ room, ref, baseBranch, repository }: ClaimAccess): Promise<RefTip> {
    for (const candidate of [ref, branchRef(baseBranch), repository.defaultRef]) {
      const sha = await this.host.resolve(room.id, candidate);
      if (sha) return { ref, sha };
    }
    throw fail('git.not_found', { what: 'commit' });
  }

  /** Makes the branch; one that has moved on meanwhile is fine. */
  async make(roomId: string, { ref, sha }: RefTip): Promise<void> {
    try {
      await this.host.createBranch(roomId, ref, sha);
    } catch (error) {
      if (!(error instanceof Failure) || !['git.ref_exists', 'git.ref_moved'].includes(error.reason))
        throw error;
    }
  }
}
