import { fail } from '../domain/failures.js';
import type { NewTag } from '../domain/git-objects.js';
import { safeRevision, tagRef } from '../domain/ref-names.js';
import type { BareRepository } from './bare-repository.js';
import { GitCommandError } from './git-process.js';
import { needCommit, resolveCommit } from './refs.js';
import { signatureEnvironment } from './signature.js';

/**
 * Writes an annotated tag. The same tag at the same commit is left alone, so that a retry is harmless; at
 * another commit it is `git.ref_exists`.
 */
export async function writeTag(repository: BareRepository, tag: NewTag): Promise<void> {
  const ref = tagRef(tag.name);
  const commit = await needCommit(repository, safeRevision(tag.commit));
  const args = ['tag', '--annotate', '--no-sign', '-F', '-', '--', tag.name, commit];
  const output = await repository.run(args, {
    input: tag.message,
    env: signatureEnvironment(tag.tagger, tag.tagger),
  });
  if (output.exitCode === 0) return;
  const present = await resolveCommit(repository, ref);
  if (!present) throw new GitCommandError(args, output);
  if (present !== commit) throw fail('git.ref_exists', { ref });
}
