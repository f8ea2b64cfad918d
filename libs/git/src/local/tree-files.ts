import { fail } from '../domain/failures.js';
import type { Blob, TreeFile } from '../domain/git-objects.js';
import { checkRepositoryPath } from '../domain/repository-path.js';
import type { BareRepository } from './bare-repository.js';
import { needCommit } from './refs.js';

const MAX_FILES = 10_000;
const MAX_BLOB_BYTES = 1024 * 1024;
const BYTES_PER_FILE = 400;
const KINDS: Readonly<Record<string, TreeFile['kind']>> = {
  '100644': 'file',
  '100755': 'executable',
  '120000': 'symlink',
  '160000': 'submodule',
};

/** The files of a commit, ordered by path, at most `limit`. Throws `git.not_found`. */
export async function listFiles(
  repository: BareRepository,
  revision: string,
  limit = MAX_FILES,
): Promise<{ readonly files: readonly TreeFile[]; readonly truncated: boolean }> {
  const commit = await needCommit(repository, revision);
  const output = await repository.must(['ls-tree', '-r', '-z', '--long', '--full-tree', commit], {
    maxBytes: limit * BYTES_PER_FILE,
  });
  const files = parseTree(output.stdout.toString());
  return { files: files.slice(0, limit), truncated: output.truncated || files.length > limit };
}

/** `mode SP type SP id SP+ size TAB path`, each ended by NUL; a last entry that was cut is left out. */
function parseTree(text: string): readonly TreeFile[] {
  return text
    .split('\0')
    .slice(0, -1)
    .flatMap((entry) => {
      const match = /^(\d{6}) \w+ ([0-9a-f]+) +(-|\d+)\t([\s\S]+)$/.exec(entry);
      const kind = KINDS[match?.[1] ?? ''];
      const [, , sha, size, path] = match ?? [];
      return kind && sha && path ? [{ path, kind, sha, size: size === '-' ? null : Number(size) }] : [];
    });
}

/** What one path of a commit is; undefined when it is missing or a folder. */
export async function findFile(
  repository: BareRepository,
  commit: string,
  path: string,
): Promise<TreeFile | undefined> {
  const output = await repository.must(['ls-tree', '-z', '--long', '--full-tree', commit, '--', path]);
  return parseTree(output.stdout.toString()).find((file) => file.path === path);
}

/** The first `maxBytes` of a file at a commit. Throws `git.not_found` and `git.invalid_path`. */
export async function readBlob(
  repository: BareRepository,
  revision: string,
  path: string,
  maxBytes = MAX_BLOB_BYTES,
): Promise<Blob> {
  checkRepositoryPath(path);
  const file = await findFile(repository, await needCommit(repository, revision), path);
  if (!file || file.size === null) throw fail('git.not_found', { what: 'file' });
  const output = await repository.must(['cat-file', 'blob', file.sha], { maxBytes });
  const content = output.stdout.subarray(0, maxBytes);
  return {
    path,
    sha: file.sha,
    size: file.size,
    content,
    truncated: file.size > content.length,
    binary: content.subarray(0, 8_000).includes(0),
  };
}
