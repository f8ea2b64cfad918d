import { access, constants, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Injectable } from '@nestjs/common';
import { ailing, Examination, type Finding, well } from '@clawtank/kernel';
import { diskFinding } from '../domain/disk-finding.js';
import { GitConfig } from '../git.config.js';
import { assertGitVersion } from '../local/git-version.js';

const INSTALL = 'Install git 2.38 or newer on this node, then start it again.';

/** Whether git can be run, its folder written, and whether there is room in it. */
@Injectable()
export class GitExamination extends Examination {
  constructor(private readonly config: GitConfig) {
    super();
  }

  override async examine(): Promise<readonly Finding[]> {
    return [await this.program(), await this.folder(), await this.disk()];
  }

  private async program(): Promise<Finding> {
    try {
      return well(
        'git',
        `git ${await assertGitVersion({ home: join(resolve(this.config.root), 'home') })} runs.`,
      );
    } catch (error) {
      return ailing('git', 'broken', error instanceof Error ? error.message : String(error), INSTALL);
    }
  }

  private async folder(): Promise<Finding> {
    const { root } = this.config;
    try {
      await access(root, constants.R_OK | constants.W_OK);
      return well('git_root', `Repositories are kept in ${resolve(root)}.`);
    } catch {
      const mend = 'Give GIT_ROOT a folder that this process may write, the same one on every api node.';
      return ailing('git_root', 'broken', `${resolve(root)} can’t be read and written.`, mend);
    }
  }

  private async disk(): Promise<Finding> {
    try {
      const { bsize, blocks, bavail } = await statfs(this.config.root);
      return diskFinding(bavail * bsize, blocks * bsize);
    } catch {
      return ailing('disk', 'warning', 'Its room can’t be told.', 'See that GIT_ROOT is there.');
    }
  }
}
