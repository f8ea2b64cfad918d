import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BareRepository } from './bare-repository.js';

/** No git of the server runs for so long: a lock this old belongs to nobody any more. */
const LEFT_AFTER_MS = 3_600_000;
const GC_TIMEOUT_MS = 600_000;

/**
 * Removes locks and temporary files that a crash has left, for one of them would keep a branch from ever moving
 * again, and lets git pack what has gathered, if it finds it worth while.
 */
export async function maintainRepository(
  repository: BareRepository,
  leftAfterMs = LEFT_AFTER_MS,
): Promise<void> {
  const entries = await readdir(repository.path, { recursive: true, withFileTypes: true });
  const left = entries
    .filter((entry) => entry.isFile() && /\.lock$|^clawtank-index-/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of left) await removeOld(path, leftAfterMs);
  const worthWhile = ['-c', 'gc.auto=2000', '-c', 'gc.autoPackLimit=30', '-c', 'gc.autoDetach=false'];
  await repository.must([...worthWhile, 'gc', '--auto', '--quiet'], { timeoutMs: GC_TIMEOUT_MS });
}

/** Removes a file or folder that has not changed for some time; one that has gone meanwhile is fine. */
export async function removeOld(path: string, olderThanMs: number): Promise<void> {
  const changed = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  if (Date.now() - changed > olderThanMs) await rm(path, { recursive: true, force: true });
}
